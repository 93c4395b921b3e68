"""Addresses of government information: at the office, and in the KIM."""

from django.urls import path

from kim.dissemination.views import copies, office, reach

app_name = "dissemination"
urlpatterns = [
    path("kantor/info/", office.bulletins, name="bulletins"),
    path("kantor/info/baru/", office.start, name="start"),
    path("kantor/info/dari-usulan/<uuid:item_id>/", office.start_from, name="start_from"),
    path("kantor/info/cek-ulang/", reach.check_backs, name="check_backs"),
    path("kantor/info/cek-ulang/<uuid:report_id>/", reach.check_back, name="check_back"),
    path("kantor/info/peraturan/", office.regulations, name="regulations"),
    path("kantor/info/<uuid:bulletin_id>/", office.bulletin, name="bulletin"),
    path("kantor/info/<uuid:bulletin_id>/tulis/", office.write, name="write"),
    path("kantor/info/<uuid:bulletin_id>/versi/<int:number>/", office.version, name="version"),
    path("kantor/info/<uuid:bulletin_id>/minta-periksa/", office.request_check, name="request_check"),
    path("kantor/info/<uuid:bulletin_id>/kembalikan/", office.give_back, name="give_back"),
    path("kantor/info/<uuid:bulletin_id>/kirim/", office.issue, name="issue"),
    path("kantor/info/<uuid:bulletin_id>/jadwalkan/", office.schedule, name="schedule"),
    path("kantor/info/<uuid:bulletin_id>/batal-jadwal/", office.unschedule, name="unschedule"),
    path("kantor/info/<uuid:bulletin_id>/betulkan/", office.correct, name="correct"),
    path("kantor/info/<uuid:bulletin_id>/tarik/", office.withdraw, name="withdraw"),
    path("kantor/info/<uuid:bulletin_id>/catatan/", office.note, name="note"),
    path("kantor/info/<uuid:bulletin_id>/teruskan/", office.pass_on, name="pass_on"),
    path("kantor/info/<uuid:bulletin_id>/jangkauan/", reach.reach, name="reach"),
    path("kantor/info/<uuid:bulletin_id>/jangkauan/unduh/", reach.export, name="office_export"),
    path("kantor/info/<uuid:bulletin_id>/ingatkan/", reach.remind, name="remind"),
    path("kerja/info/", copies.inbox, name="inbox"),
    path("kerja/info/<uuid:copy_id>/", copies.copy, name="copy"),
    path("kerja/info/<uuid:copy_id>/sebarkan/", copies.accept, name="accept"),
    path("kerja/info/<uuid:copy_id>/belum-cocok/", copies.decline, name="decline"),
    path("kerja/info/<uuid:copy_id>/bahas/", copies.discuss, name="discuss"),
    path("kerja/info/<uuid:copy_id>/bahas/pesan/", copies.remark, name="remark"),
    path("kerja/info/<uuid:copy_id>/bahas/sikap/", copies.side, name="side"),
    path("kerja/info/<uuid:copy_id>/bahas/putuskan/", copies.decide, name="decide"),
    path("kerja/info/<uuid:copy_id>/lapor/", copies.report, name="report"),
    path("kerja/info/<uuid:copy_id>/jadi-kabar/", copies.retell, name="retell"),
]
