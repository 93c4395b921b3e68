"""Addresses of the shell."""

from django.urls import path

from kim.web import views

urlpatterns = [
    path("sehat/", views.health, name="health"),
]
