"""Addresses of the register: the step form, the office's queue and list, the KIM's desk, the certificate."""

from django.urls import path

from kim.registry.views import certificate, desk, office, registration, steps

app_name = "registry"
urlpatterns = [
    path("daftar-kim/", registration.begin, name="begin"),
    path("daftar-kim/lanjut/", registration.resume, name="resume"),
    path("daftar-kim/sk/<uuid:decree_id>/", registration.scan, name="scan"),
    path("daftar-kim/sk/<uuid:decree_id>/pratinjau/", registration.scan_preview, name="scan_preview"),
    path("daftar-kim/<uuid:kim_id>/", registration.status, name="status"),
    path("daftar-kim/<uuid:kim_id>/kode/", registration.code, name="code"),
    path("daftar-kim/<uuid:kim_id>/desa/", steps.place, name="desa"),
    path("daftar-kim/<uuid:kim_id>/tentang/", steps.profile, name="tentang"),
    path("daftar-kim/<uuid:kim_id>/pengurus/", steps.people, name="pengurus"),
    path("daftar-kim/<uuid:kim_id>/sk/", steps.papers, name="sk"),
    path("daftar-kim/<uuid:kim_id>/periksa/", steps.check, name="periksa"),
    path("kantor/verifikasi/", office.queue, name="queue"),
    path("kantor/verifikasi/<uuid:decree_id>/", office.verify, name="verify"),
    path("kantor/kim/", office.kims, name="office_kims"),
    path("kantor/kim/unduh.<str:kind>", office.export, name="office_export"),
    path("kantor/kim/<uuid:kim_id>/", office.kim, name="office_kim"),
    path("kantor/kim/<uuid:kim_id>/undang/", office.let_in, name="let_in"),
    path("kerja/kim/", desk.overview, name="desk"),
    path("kerja/kim/profil/", desk.profile, name="desk_profile"),
    path("kerja/kim/anggota/", desk.members, name="desk_members"),
    path("kerja/kim/anggota/<uuid:member_id>/berhenti/", desk.leave, name="desk_leave"),
    path("kerja/kim/anggota/<uuid:member_id>/undang/", desk.invite, name="desk_invite"),
    path("kerja/kim/pengurus/", desk.board, name="desk_board"),
    path("kerja/kim/pengurus/<uuid:seat_id>/ganti/", desk.replace, name="desk_replace"),
    path("kerja/kim/sk/", desk.decrees, name="desk_decrees"),
    path("kerja/kim/sk/perpanjang/", desk.renew, name="desk_renew"),
    path("sertifikat/<path:number>.pdf", certificate.paper, name="certificate_pdf"),
    path("sertifikat/<path:number>/", certificate.check, name="certificate"),
]
