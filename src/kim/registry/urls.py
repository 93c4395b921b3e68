"""Addresses of the register: the step form, the office's queue and list, the KIM's desk, the certificate."""

from django.urls import path

from kim.registry.views import office, registration, steps

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
    path("kantor/kim/<uuid:kim_id>/", office.kim, name="office_kim"),
]
