"""Government information for everybody: one packet, and the lists of them."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from kim.doors.access import public
from kim.kernel import codes
from kim.pages import shows, tags
from kim.web.queries import articles, bulletins
from kim.web.views.public import further


@public
def bulletin(request: HttpRequest, code: str) -> HttpResponse:
    """One packet; a withdrawn one says that it was withdrawn, and why."""
    found = bulletins.reading(code)
    if found.is_withdrawn:
        return render(request, "web/bulletin_withdrawn.html", bulletins.frame(found), status=410)
    if code != found.short_code:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    context = bulletins.page(found)
    context["structured"] = articles.as_json(context["structured"])
    shows(request, found.key)
    return render(request, "web/bulletin.html", context)


@public
def listed(request: HttpRequest) -> HttpResponse:
    """All packets, or those that are for a place."""
    code = request.GET.get("wilayah", "")
    context = bulletins.listing(code, request.GET.get("sesudah", ""))
    context["next_url"] = further(request, sesudah=context["next"])
    shows(request, *seen(code))
    return render(request, "web/bulletins.html", context)


def seen(code: str) -> list[str]:
    """What a list of packets depends on: for a place those that were sent to it or to anything above."""
    return [tags.info(one) for one in codes.chain(code)] if code else [tags.INFO]
