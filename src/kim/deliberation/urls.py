"""Addresses of the board and of the meetings."""

from django.urls import path

from kim.deliberation import views

app_name = "deliberation"
urlpatterns = [
    path("kerja/kesulitan/", views.board, name="board"),
    path("kerja/kesulitan/baru/", views.name, name="name"),
    path("kerja/kesulitan/<uuid:problem_id>/", views.problem, name="problem"),
    path("kerja/kesulitan/<uuid:problem_id>/bahas/", views.talk_over, name="talk_over"),
    path("kerja/kesulitan/<uuid:problem_id>/pesan/", views.remark, name="remark"),
    path("kerja/kesulitan/<uuid:problem_id>/kerjakan/", views.act, name="act"),
    path("kerja/kesulitan/<uuid:problem_id>/selesai/", views.settle, name="settle"),
    path("kerja/kesulitan/<uuid:problem_id>/hentikan/", views.drop, name="drop"),
    path("kerja/musyawarah/", views.meetings, name="meetings"),
    path("kerja/musyawarah/baru/", views.hold, name="hold"),
    path("kerja/musyawarah/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("kerja/musyawarah/<uuid:meeting_id>/putusan/", views.resolve, name="resolve"),
    path("kerja/musyawarah/<uuid:meeting_id>/jadi-kabar/", views.retell_meeting, name="retell_meeting"),
]
