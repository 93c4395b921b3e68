"""Addresses on `<alamat-kim>.<domain>`: the same pages without the first word. All else leads to the main address."""

from django.urls import include, path

from kim.web import feeds, sitemaps, views
from kim.web.views import sites

urlpatterns = [
    path("", sites.kim_site),
    path("kabar/", sites.kim_news),
    path("kabar/<slug:tail>/", sites.article),
    path("kabar/<slug:tail>/cetak/", sites.article_print),
    path("kabar/<slug:tail>/versi/<int:number>/", sites.article_version),
    path("k/<slug:code>/", sites.short_link),
    path("k/<slug:code>/qr.svg", sites.short_link_qr),
    path("berkas/", include("kim.media.urls")),
    path("dibaca/", include("kim.reach.urls")),
    path("sehat/", views.health),
    path("robots.txt", sitemaps.robots),
    path("<str:form>.xml", feeds.of_kim),
    path("<path:rest>", sites.to_main),
]
handler400 = "kim.web.views.bad_request"
handler404 = "kim.web.views.not_found"
handler500 = "kim.web.views.server_error"
