"""One view per page, written as Django's manual teaches it: the ORM, generic paging, a template."""

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from floor.models import Group, Post, Region, Topic

SHOWN = 10
IN_A_LIST = (
    "slug", "title", "gist", "published", "topic__name", "topic__slug", "region__name", "region__slug",
    "group__name", "group__slug",
)  # fmt: skip


def listed(rows: QuerySet[Post]) -> QuerySet[Post]:
    return rows.select_related("topic", "region", "group").only(*IN_A_LIST)


def newest() -> QuerySet[Post]:
    return listed(Post.objects.order_by("-published", "-id"))


def home(request: HttpRequest) -> HttpResponse:
    return page(request, "list.html", title="Kabar terbaru", posts=newest()[:SHOWN])


def article(request: HttpRequest, slug: str) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("topic", "region", "group").defer("words"), slug=slug)
    related = newest().filter(topic=post.topic_id).exclude(pk=post.pk)[:5]
    return page(request, "article.html", post=post, related=related)


def region(request: HttpRequest, slug: str) -> HttpResponse:
    place = get_object_or_404(Region, slug=slug)
    return paged(request, newest().filter(region=place), title=place.name)


def group(request: HttpRequest, slug: str) -> HttpResponse:
    one = get_object_or_404(Group.objects.select_related("region"), slug=slug)
    return paged(request, newest().filter(group=one), title=one.name, about=one.about, place=one.region)


def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")
    query = SearchQuery(asked, config="indonesian", search_type="websearch")
    found = Post.objects.filter(words=query).annotate(rank=SearchRank(F("words"), query))
    return paged(request, listed(found.order_by("-rank", "-published")), title=f"Hasil pencarian: {asked}", asked=asked)


def paged(request: HttpRequest, rows: QuerySet[Post], **context: object) -> HttpResponse:
    found = Paginator(rows, SHOWN).get_page(request.GET.get("halaman"))
    return page(request, "list.html", posts=found.object_list, found=found, **context)


def page(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    return render(request, f"floor/{template}", {"topics": Topic.objects.all(), **context})
