"""What every template may name. It never looks at the person: public pages are the same bytes for everyone."""

from django.conf import settings
from django.http import HttpRequest

from kim.web.templatetags.ui import public_menu


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name and address, whether this is the demo, and where in the public menu the page lies."""
    return {
        "site_name": settings.KIM_SITE_NAME,
        "site_url": settings.KIM_BASE_URL,
        "is_demo": settings.KIM_DEMO,
        "menu": public_menu(request),
    }
