"""Addresses of the place finder, under `/wilayah/`. The page of a region itself belongs to the shell."""

from django.urls import path

from kim.regions import views

app_name = "regions"
urlpatterns = [
    path("", views.region_find, name="find"),
    path("cari.json", views.region_find_json, name="find_json"),
    path("<str:code>/daftar/", views.region_list, name="list"),
]
