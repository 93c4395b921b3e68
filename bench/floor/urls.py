from django.urls import path

from floor import views

urlpatterns = [
    path("", views.home, name="home"),
    path("kabar/<slug:slug>/", views.article, name="article"),
    path("wilayah/<slug:slug>/", views.region, name="region"),
    path("kim/<slug:slug>/", views.group, name="group"),
    path("cari/", views.search, name="search"),
]
