"""Addresses of reports: for everybody, for the office, for the KIM."""

from django.urls import path

from kim.moderation.views import desk, public

app_name = "moderation"
urlpatterns = [
    path("laporkan/", public.status, name="status"),
    path("laporkan/<slug:what>/<uuid:thing_id>/", public.report, name="report"),
    path("moderasi/", public.log, name="log"),
    path("kantor/laporan/", desk.office_list, name="office_list"),
    path("kantor/laporan/<uuid:case_id>/", desk.office_case, name="office_case"),
    path("kantor/laporan/<uuid:case_id>/<slug:step>/", desk.office_step, name="office_step"),
    path("kerja/laporan/", desk.kim_list, name="kim_list"),
    path("kerja/laporan/<uuid:case_id>/", desk.kim_case, name="kim_case"),
    path("kerja/laporan/<uuid:case_id>/<slug:step>/", desk.kim_step, name="kim_step"),
]
