"""The addresses of the site with another place where packets are made of suggestions."""

from django.urls import include, path

from kim.config.urls import handler400, handler404, handler500
from kim.config.urls import urlpatterns as all_of_them
from kim.sources.urls import addresses

__all__ = ["handler400", "handler404", "handler500"]

wired = addresses(lambda item: f"/kantor/paket/baru/?dari={item.id}")
urlpatterns = [path("", include(wired)), *all_of_them]
