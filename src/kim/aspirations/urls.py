"""Addresses of aspirations: speaking up, what everybody reads, following one's own, and the desk of the KIM."""

from django.urls import path

from kim.aspirations.views import files, following, public, speaking

app_name = "aspirations"
urlpatterns = [
    path("aspirasi/", speaking.speak, name="speak"),
    path("aspirasi/tulis/", speaking.write, name="write"),
    path("aspirasi/wilayah/<str:code>/", public.voices, name="voices"),
    path("aspirasi/berkas/<uuid:attachment_id>/", files.file, name="file"),
    path("lacak/", following.find, name="find"),
    path("lacak/buka/", following.open_, name="open"),
    path("lacak/tambah/", following.supply, name="supply"),
    path("lacak/beres/", following.close, name="close"),
    path("lacak/nilai/", following.rate, name="rate"),
    path("lacak/belum/", following.reopen, name="reopen"),
    path("lacak/tetap-beres/", following.stay, name="stay"),
    path("lacak/hapus/", following.erase, name="erase"),
    path("lacak/saya-juga/", public.support, name="support"),
    path("lacak/lembar.pdf", files.slip_pdf, name="slip_pdf"),
    path("lacak/lembar.png", files.slip_png, name="slip_png"),
    path("lacak/<str:number>/", following.voice, name="voice"),
    path("kerja/aspirasi/baru/", speaking.take_in, name="take_in"),
]
