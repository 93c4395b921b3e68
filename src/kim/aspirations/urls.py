"""Addresses of voices: the registers and the sheet for LAPOR!, the village's board and its meetings."""

from django.urls import path

from kim.aspirations.views import deliberation, registers, themes

app_name = "aspirations"
urlpatterns = [
    path("kantor/aspirasi/<uuid:aspiration_id>/lapor/", registers.lapor, name="lapor"),
    path("kantor/aspirasi/<uuid:aspiration_id>/register/", registers.register, name="register"),
    path("kantor/aspirasi/tema/", themes.themes, name="themes"),
    path("kantor/aspirasi/tema/unduh/", themes.themes_export, name="themes_export"),
    path("kantor/permohonan/", registers.register_list, name="register_list"),
    path("kantor/permohonan/unduh/", registers.export, name="office_export"),
    path("kantor/permohonan/<uuid:request_id>/", registers.request_, name="request"),
    path("kantor/permohonan/<uuid:request_id>/perpanjang/", registers.extend, name="extend"),
    path("kantor/permohonan/<uuid:request_id>/putuskan/", registers.decide, name="decide_request"),
    path("kantor/permohonan/keberatan/<uuid:objection_id>/", registers.reply_objection, name="reply_objection"),
    path("kerja/kesulitan/", deliberation.board, name="board"),
    path("kerja/kesulitan/baru/", deliberation.name, name="name"),
    path("kerja/kesulitan/<uuid:problem_id>/", deliberation.problem, name="problem"),
    path("kerja/kesulitan/<uuid:problem_id>/bahas/", deliberation.talk_over, name="talk_over"),
    path("kerja/kesulitan/<uuid:problem_id>/pesan/", deliberation.remark, name="problem_remark"),
    path("kerja/kesulitan/<uuid:problem_id>/kerjakan/", deliberation.act, name="act"),
    path("kerja/kesulitan/<uuid:problem_id>/selesai/", deliberation.settle, name="settle"),
    path("kerja/kesulitan/<uuid:problem_id>/hentikan/", deliberation.drop, name="drop"),
    path("kerja/musyawarah/", deliberation.meetings, name="meetings"),
    path("kerja/musyawarah/baru/", deliberation.hold, name="hold"),
    path("kerja/musyawarah/<uuid:meeting_id>/", deliberation.meeting, name="meeting"),
    path("kerja/musyawarah/<uuid:meeting_id>/putusan/", deliberation.resolve, name="resolve"),
    path("kerja/musyawarah/<uuid:meeting_id>/jadi-kabar/", deliberation.retell_meeting, name="retell_meeting"),
]
