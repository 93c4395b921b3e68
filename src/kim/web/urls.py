"""Addresses of the shell. The pages read most come first: a KIM's address is never a word of the site itself."""

from django.urls import path, register_converter

from kim.web import feeds, sitemaps, views
from kim.web.hosts import KimAddress
from kim.web.views import boards, bulletins, desk, office, public, sharing, sites, village

register_converter(KimAddress, "kim")
ARTICLE = "<kim:kim_slug>/kabar/<slug:tail>/"

read_most = [
    path("", public.home, name="home"),
    path("wilayah/<str:code>/", public.region, name="region"),
    path(ARTICLE, sites.article, name="article"),
    path("<kim:kim_slug>/", sites.kim_site, name="kim_site"),
    path("<kim:kim_slug>/kabar/", sites.kim_news, name="kim_news"),
]
urlpatterns = [
    path("sehat/", views.health, name="health"),
    path("siap/", views.ready, name="ready"),
    path("wilayah/<str:code>/<str:form>.xml", feeds.of_region, name="region_feed"),
    path("kabar/", public.news, name="news"),
    path("kabar/<str:form>.xml", feeds.of_nation, name="news_feed"),
    path("info/", bulletins.listed, name="info"),
    path("info/<str:form>.xml", feeds.of_bulletins, name="info_feed"),
    path("info/<slug:code>/", bulletins.bulletin, name="info_page"),
    path("kabar/topik/<slug:category>/", public.news, name="topic"),
    path("kabar/topik/<slug:category>/<str:form>.xml", feeds.of_topic, name="topic_feed"),
    path("hoaks/<str:form>.xml", feeds.of_clarifications, name="clarification_feed"),
    path("kim/", public.kims, name="kims"),
    path("cari/", public.search, name="search"),
    path("desa-saya/", public.my_village, name="my_village"),
    path("tentang/", public.about, name="about"),
    path("pelindungan-data/", public.privacy, name="privacy"),
    path("panduan/", public.guide, name="guide"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap/<str:part>.xml", sitemaps.part, name="sitemap_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("k/<slug:code>/", sites.short_link, name="short_link"),
    path("k/<slug:code>/qr.svg", sites.short_link_qr, name="short_link_qr"),
    path("k/<slug:code>/bagikan/", sharing.kit, name="share_kit"),
    path("k/<slug:code>/siaran/", sharing.script, name="share_script"),
    path("k/<slug:code>/lembar-besar/", sharing.big_sheet, name="share_big_sheet"),
    path("k/<slug:code>/kartu.png", sharing.card, {"shape": "wide"}, name="share_card"),
    path("k/<slug:code>/kartu-persegi.png", sharing.card, {"shape": "square"}, name="share_square"),
    path("k/<slug:code>/poster-a4.pdf", sharing.poster, {"paper": "a4"}, name="share_poster_a4"),
    path("k/<slug:code>/poster-a3.pdf", sharing.poster, {"paper": "a3"}, name="share_poster_a3"),
    path("kantor/", office.today, name="office"),
    path("kantor/cakupan/", office.coverage, name="office_coverage"),
    path("layar/pekerja.js", boards.worker, name="screen_worker"),
    path("layar/<str:code>/", boards.screen, name="screen"),
    path("layar/<str:code>/<int:number>/", boards.screen, name="screen_from"),
    path("kerja/", desk.home, name="desk"),
    path("kerja/papan/", boards.board, name="board"),
    path("kantor/saluran/", office.channels, name="office_channels"),
    path("kerja/desa/", village.desk, name="village_desk"),
    path("kerja/desa/kim/<uuid:kim_id>/", village.kim, name="village_kim"),
    path("kerja/desa/orang/", village.people, name="village_people"),
    path("<kim:kim_slug>/<str:form>.xml", feeds.of_kim, name="kim_feed"),
    path(ARTICLE + "cetak/", sites.article_print, name="article_print"),
    path(ARTICLE + "versi/<int:number>/", sites.article_version, name="article_version"),
]
