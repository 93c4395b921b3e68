"""Addresses of discussion. A room itself is shown on the page of its subject."""

from django.urls import path

from kim.discussion import views

app_name = "discussion"
urlpatterns = [path("kerja/bahas/", views.open_rooms, name="rooms")]
