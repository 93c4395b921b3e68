"""KIM sites by host name: `<slug>.<domain>` shows the same pages as `/<slug>/`."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class KimSiteMiddleware:
    """A request to `<slug>.<domain>` is read as one to the KIM's pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().partition(":")[0]
        name, _, rest = host.partition(".")
        if rest == settings.KIM_DOMAIN and name != "www":
            request.kim_slug = name
            request.urlconf = "kim.web.site_urls"
        return self.get_response(request)
