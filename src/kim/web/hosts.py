"""KIM sites by host name: `<slug>.<domain>` shows the same pages as `/<slug>/`."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls.converters import SlugConverter

from kim.registry.actions.naming import RESERVED

SITE_URLS = "kim.web.site_urls"


class KimAddress(SlugConverter):
    """The first part of a KIM's address: any slug but the words that the site keeps for itself."""

    regex = f"(?!(?:{'|'.join(sorted(RESERVED))})/){SlugConverter.regex}"


def kim_slug_of(host: str) -> str:
    """The address of the KIM whose own site this host is; empty on the main one."""
    name, _, rest = host.partition(":")[0].lower().partition(".")
    return name if rest == settings.KIM_DOMAIN and name != "www" else ""


def urlconf_of(host: str) -> str:
    """The addresses that this host knows."""
    return SITE_URLS if kim_slug_of(host) else settings.ROOT_URLCONF


class KimSiteMiddleware:
    """A request to `<slug>.<domain>` is read as one to the KIM's pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        slug = kim_slug_of(request.get_host())
        if slug:
            request.kim_slug, request.urlconf = slug, SITE_URLS
        return self.get_response(request)
