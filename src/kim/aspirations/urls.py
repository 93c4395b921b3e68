"""Addresses of aspirations: a desk has the same pages in the village and in an office."""

from django.urls import path

from kim.aspirations.views import desk, offices
from kim.aspirations.views.base import officials, villagers

app_name = "aspirations"
urlpatterns = [
    path("kerja/aspirasi/", villagers(desk.desk), name="village_desk"),
    path("kerja/aspirasi/diteruskan/", villagers(desk.passed), name="village_passed"),
    path("kerja/aspirasi/<uuid:aspiration_id>/", villagers(desk.one), name="village_one"),
    path("kerja/aspirasi/<uuid:aspiration_id>/berkas/<uuid:upload_id>/", villagers(desk.file), name="village_file"),
    path("kerja/aspirasi/<uuid:aspiration_id>/<slug:word>/", villagers(desk.act), name="village_act"),
    path("kantor/aspirasi/", officials(desk.desk), name="office_desk"),
    path("kantor/aspirasi/diteruskan/", officials(desk.passed), name="office_passed"),
    path("kantor/aspirasi/<uuid:aspiration_id>/", officials(desk.one), name="office_one"),
    path("kantor/aspirasi/<uuid:aspiration_id>/berkas/<uuid:upload_id>/", officials(desk.file), name="office_file"),
    path("kantor/aspirasi/<uuid:aspiration_id>/<slug:word>/", officials(desk.act), name="office_act"),
    path("kantor/opd/", offices.agencies, name="agencies"),
    path("kantor/opd/<uuid:agency_id>/tutup/", offices.agency_close, name="agency_close"),
    path("kantor/opd/rute/", offices.route, name="route"),
    path("kantor/libur/", offices.holidays, name="holidays"),
    path("kantor/libur/<uuid:holiday_id>/hapus/", offices.holiday_drop, name="holiday_drop"),
]
