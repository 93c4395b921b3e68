"""Addresses of files."""

from django.urls import path

from kim.media import views

app_name = "media"
urlpatterns = [
    path("<uuid:upload_id>/", views.whole, name="whole"),
    path("<uuid:upload_id>/pratinjau/", views.preview, name="preview"),
    path("<uuid:upload_id>/<int:width>.webp", views.picture, name="picture"),
]
