"""What readers are served, compared with what was published: the pages of this machine and Django itself."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from kim.config import wiring
from kim.moderation import actions
from kim.moderation.actions import Check
from kim.pages.making import Asked, ask

log = logging.getLogger(__name__)
SOME = 50  # things and pages of one round


def check(things: int = SOME, pages: int = SOME) -> Check:
    """One round over a sample; a difference is logged, and waits in the ministry's queue."""
    printed = [one for sample in wiring.PRINTED for one in sample(things)]
    folder, own = settings.KIM_PAGES_FOLDER, (settings.KIM_DOMAIN, *_plain_hosts())
    found = actions.check(printed, folder=folder, ask=made_anew(), own=own, host=settings.KIM_DOMAIN, pages=pages)
    for one in found.differences:
        log.warning("what is served is not what was published: %s: %s", one.thing.url, one.found)
    return found


def made_anew():
    """Asks Django for a page as a stranger would, past everything that is kept."""
    django = WSGIHandler()

    def page(key: str) -> bytes | None:
        address, _, query = key.partition("?")
        host, _, path = address.partition("/")
        environ = {
            "HTTP_HOST": host, "PATH_INFO": f"/{path}", "QUERY_STRING": query, "REQUEST_METHOD": "GET",
            "SERVER_NAME": host, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "https" if settings.BEHIND_TLS else "http",
        } | ({"HTTP_X_FORWARDED_PROTO": "https"} if settings.BEHIND_TLS else {})  # fmt: skip
        answer = ask(django, Asked(environ))
        return b"".join(answer.body) if answer.status.startswith("200") else None

    return page


def _plain_hosts() -> list[str]:
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return [*named, urlsplit(settings.KIM_BASE_URL).hostname or ""]
