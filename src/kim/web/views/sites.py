"""A KIM's own site and its articles; by path on the main address, and by host name."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render

from kim.doors.access import public
from kim.pages import shows, tags
from kim.publishing.models import Article
from kim.publishing.queries import by_short_code
from kim.reach.queries import mark_of
from kim.registry.queries import is_suspended
from kim.web.queries import articles, cards, kims, shareables
from kim.web.views.public import further


def slug_of(request: HttpRequest, kim_slug: str) -> str:
    """The KIM meant: named in the path, else by the host."""
    return kim_slug or request.kim_slug


def own_tags(article: Article) -> tuple[str, str]:
    """What every page of an article depends on: the text, and the KIM whose name and number stand on it."""
    return article.key, article.kim.key


@public
def kim_site(request: HttpRequest, kim_slug: str = "") -> HttpResponse:
    slug = slug_of(request, kim_slug)
    try:
        context = kims.site(slug)
    except ObjectDoesNotExist:
        if is_suspended(slug):
            return render(request, "web/suspended.html", status=410)
        return HttpResponsePermanentRedirect(cards.absolute(f"/{kims.moved(slug)}/"))
    context["structured"] = articles.as_json(context["structured"])
    shows(request, context["kim"].key)
    return render(request, "web/kim.html", context)


@public
def kim_news(request: HttpRequest, kim_slug: str = "") -> HttpResponse:
    context = kims.archive(slug_of(request, kim_slug), request.GET.get("sesudah", ""))
    context["next_url"] = further(request, sesudah=context["next"])
    shows(request, context["kim"].key)
    return render(request, "web/kim_news.html", context)


@public
def article(request: HttpRequest, tail: str, kim_slug: str = "") -> HttpResponse:
    """An article; an address that has changed leads to the one it has now, a withdrawn text says that it is gone."""
    try:
        found = articles.reading(slug_of(request, kim_slug), tail)
    except ObjectDoesNotExist:
        return HttpResponsePermanentRedirect(
            cards.absolute(by_short_code(articles.short_code(tail)).get_absolute_url())
        )
    if found.is_withdrawn:
        return render(request, "web/withdrawn.html", articles.gone(found), status=410)
    if tail != f"{found.slug}-{found.short_code}":
        return HttpResponsePermanentRedirect(cards.absolute(found.get_absolute_url()))
    context = articles.page(found)
    context["structured"] = articles.as_json(context["structured"])
    neighbours = (item["kim"] for item in context["related"])
    shows(request, *own_tags(found), tags.topic(found.category, found.region_id), *neighbours)
    return render(request, "web/article.html", context)


@public
def article_print(request: HttpRequest, tail: str, kim_slug: str = "") -> HttpResponse:
    found = articles.reading(slug_of(request, kim_slug), tail)
    if found.is_withdrawn:
        return redirect(cards.absolute(found.get_absolute_url()))
    shows(request, *own_tags(found))
    return render(request, "web/article_print.html", articles.printed(found))


@public
def article_version(request: HttpRequest, tail: str, number: int, kim_slug: str = "") -> HttpResponse:
    found = articles.reading(slug_of(request, kim_slug), tail)
    shows(request, *own_tags(found))
    return render(request, "web/article_version.html", articles.earlier(found, number))


@public
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to what it stands for and says by which way; not for good, because its address may change with its title."""
    return redirect(cards.absolute(shareables.path_of(code)) + mark_of(request.GET.get("dari", "")))


@public
def short_link_qr(request: HttpRequest, code: str) -> HttpResponse:
    shareables.path_of(code)
    shows(request, tags.FIXED)  # a short code is given once, for ever
    return HttpResponse(shareables.qr_alone(f"/k/{code.lower()}/"), content_type="image/svg+xml")


@public
def to_main(request: HttpRequest, rest: str) -> HttpResponse:
    """On a KIM's own host every other address leads to the main one."""
    return redirect(cards.absolute(request.get_full_path()))
