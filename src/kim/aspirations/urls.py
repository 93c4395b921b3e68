"""Addresses of aspirations: speaking up and following it; and the desks, with the same pages in the village and in an office."""

from django.urls import path

from kim.aspirations.views import desk, files, following, offices, own, public, registers, speaking, themes
from kim.aspirations.views.base import officials, villagers

app_name = "aspirations"
urlpatterns = [
    path("aspirasi/", speaking.speak, name="speak"),
    path("aspirasi/tulis/", speaking.write, name="write"),
    path("aspirasi/wilayah/<str:code>/", public.voices, name="voices"),
    path("aspirasi/angka/<str:code>/", public.figures, name="figures"),
    path("aspirasi/berkas/<uuid:attachment_id>/", files.file, name="file"),
    path("lacak/", following.find, name="find"),
    path("lacak/buka/", own.open_, name="open"),
    *(path(f"lacak/{word}/", own.with_code(deed), name=deed.name) for word, deed in own.DEEDS.items()),
    path("lacak/saya-juga/", public.support, name="support"),
    path("lacak/lembar.pdf", files.slip_pdf, name="slip_pdf"),
    path("lacak/lembar.png", files.slip_png, name="slip_png"),
    path("lacak/<str:number>/kabar/<str:word>/", following.told, name="told"),
    path("lacak/<str:number>/", following.voice, name="voice"),
    path("akun/suara/", own.mine, name="mine"),
    path("akun/suara/<uuid:aspiration_id>/", own.one, name="own"),
    path("akun/suara/<uuid:aspiration_id>/lembar/", own.renew, name="renew"),
    path("akun/suara/<uuid:aspiration_id>/<slug:word>/", own.act, name="own_act"),
    path("kerja/aspirasi/baru/", speaking.take_in, name="take_in"),
    path("kerja/aspirasi/", villagers(desk.desk), name="village_desk"),
    path("kerja/aspirasi/diteruskan/", villagers(desk.passed), name="village_passed"),
    path("kerja/aspirasi/<uuid:aspiration_id>/", villagers(desk.one), name="village_one"),
    path("kerja/aspirasi/<uuid:aspiration_id>/berkas/<uuid:upload_id>/", villagers(desk.file), name="village_file"),
    path("kerja/aspirasi/<uuid:aspiration_id>/<slug:word>/", villagers(desk.act), name="village_act"),
    path("kantor/aspirasi/", officials(desk.desk), name="office_desk"),
    path("kantor/aspirasi/diteruskan/", officials(desk.passed), name="office_passed"),
    path("kantor/aspirasi/<uuid:aspiration_id>/", officials(desk.one), name="office_one"),
    path("kantor/aspirasi/<uuid:aspiration_id>/berkas/<uuid:upload_id>/", officials(desk.file), name="office_file"),
    path("kantor/aspirasi/tema/", themes.themes, name="themes"),
    path("kantor/aspirasi/tema/unduh/", themes.themes_export, name="themes_office_export"),
    path("kantor/aspirasi/<uuid:aspiration_id>/lapor/", registers.lapor, name="lapor"),
    path("kantor/aspirasi/<uuid:aspiration_id>/register/", registers.register, name="register"),
    path("kantor/permohonan/", registers.register_list, name="register_list"),
    path("kantor/permohonan/unduh/", registers.export, name="office_export"),
    path("kantor/permohonan/<uuid:request_id>/", registers.request_, name="request"),
    path("kantor/permohonan/<uuid:request_id>/putuskan/", registers.decide, name="decide_request"),
    path("kantor/permohonan/keberatan/<uuid:objection_id>/", registers.reply_objection, name="reply_objection"),
    path("kantor/aspirasi/<uuid:aspiration_id>/<slug:word>/", officials(desk.act), name="office_act"),
    path("kantor/opd/", offices.agencies, name="agencies"),
    path("kantor/opd/<uuid:agency_id>/tutup/", offices.agency_close, name="agency_close"),
    path("kantor/opd/rute/", offices.route, name="route"),
    path("kantor/libur/", offices.holidays, name="holidays"),
    path("kantor/libur/<uuid:holiday_id>/hapus/", offices.holiday_drop, name="holiday_drop"),
]
