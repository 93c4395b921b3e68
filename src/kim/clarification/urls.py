"""Addresses of claims: for whoever asks, for everybody, in the KIM, at the office."""

from django.urls import path

from kim.clarification.views import asking, desk, folding, library, office, reach

app_name = "clarification"
urlpatterns = [
    path("hoaks/", library.library, name="library"),
    path("hoaks/tanya/", asking.ask, name="ask"),
    path("hoaks/lacak/", asking.track, name="track"),
    path("hoaks/lacak/<str:number>/<str:secret>/", asking.tracking, name="tracking"),
    path("hoaks/lacak/<str:number>/<str:secret>/bukan/", asking.part, name="part"),
    path("hoaks/<slug:code>/", library.clarification, name="clarification"),
    path("hoaks/<slug:code>/versi/<int:number>/", library.version, name="version"),
    path("kerja/hoaks/", desk.claims, name="claims"),
    path("kerja/hoaks/klarifikasi/", desk.handouts, name="handouts"),
    path("kerja/hoaks/<uuid:claim_id>/", desk.claim, name="claim"),
    path("kerja/hoaks/<uuid:claim_id>/cek/", desk.check, name="check"),
    path("kerja/hoaks/<uuid:claim_id>/kirim/", desk.send, name="send"),
    path("kerja/hoaks/<uuid:claim_id>/sebar/", desk.spread, name="spread"),
    path("kerja/hoaks/<uuid:claim_id>/kiriman/<uuid:upload_id>/", desk.sent_file, name="sent_file"),
    path("kantor/hoaks/", office.claims, name="office_claims"),
    path("kantor/hoaks/usulan/", office.suggestions, name="suggestions"),
    path("kantor/hoaks/usulan/<uuid:suggestion_id>/pakai/", office.take, name="take"),
    path("kantor/hoaks/usulan/<uuid:suggestion_id>/lewati/", office.pass_over, name="pass_over"),
    path("kantor/hoaks/<uuid:claim_id>/", office.claim, name="office_claim"),
    path("kantor/hoaks/<uuid:claim_id>/putuskan/", office.judge, name="judge"),
    path("kantor/hoaks/<uuid:claim_id>/tarik/", office.withdraw, name="withdraw"),
    path("kantor/hoaks/<uuid:claim_id>/sisihkan/", office.set_aside, name="set_aside"),
    path("kerja/hoaks/<uuid:claim_id>/gabung/", folding.fold, name="fold"),
    path("kantor/hoaks/<uuid:claim_id>/pisah/", folding.unfold, name="unfold"),
    path("kantor/hoaks/<uuid:claim_id>/buka-lagi/", office.reopen, name="reopen"),
    path("kantor/hoaks/cek-ulang/", reach.check_backs, name="check_backs"),
    path("kantor/hoaks/cek-ulang/<uuid:report_id>/", reach.check_back, name="check_back"),
    path("kantor/hoaks/<uuid:claim_id>/jangkauan/", reach.reach, name="reach"),
    path("kantor/hoaks/<uuid:claim_id>/jangkauan/unduh/", reach.office_export, name="office_export"),
    path("kantor/hoaks/<uuid:claim_id>/aduan/", office.complaint, name="complaint"),
]
