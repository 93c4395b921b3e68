"""Addresses that count; on the main address and on a KIM's own."""

from django.urls import path

from kim.reach import views

app_name = "reach"
urlpatterns = [
    path("<slug:kind>/<slug:name>/", views.seen, name="seen"),
    path("<slug:kind>/<slug:name>.gif", views.dot, name="dot"),
]
