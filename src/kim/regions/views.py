"""The place finder: a page that works with a form alone, lists to walk down, and answers for fields that ask."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from kim.doors.access import public
from kim.kernel import codes
from kim.pages import shows, tags
from kim.regions import queries

MOST_ON_PAGE = 40
AN_HOUR = "public, max-age=3600"


@public
def region_find(request: HttpRequest) -> HttpResponse:
    """Places for `?q=`, grouped by level; without a question the provinces, to walk down from there."""
    text = request.GET.get("q", "").strip()
    finding = queries.find(text, limit=MOST_ON_PAGE)
    context = {
        "text": text[: queries.LONGEST],
        "groups": queries.grouped(finding.regions),
        "is_guess": finding.is_guess,
        "provinces": [] if finding.regions else queries.provinces(),
    }
    return render(request, "regions/find.html", context)


@public
def region_find_json(request: HttpRequest) -> HttpResponse:
    """The same answers for a field: `?q=`, and if asked `&level=village&within=35.02`."""
    asked = [level for level in request.GET.get("level", "").split(",") if level in list(codes.Level)]
    within = request.GET.get("within", "")
    found = queries.search(
        request.GET.get("q", ""), levels=asked or None, within=within if codes.is_code(within) else None
    )
    response = JsonResponse([queries.brief(region) for region in found], safe=False)
    response.headers["Cache-Control"] = AN_HOUR
    return response


@public
def region_list(request: HttpRequest, code: str) -> HttpResponse:
    """The regions right below a region, with the way down to it and what became of it."""
    region = queries.get(code)
    *above, _ = queries.lineage(code)
    context = {
        "region": region,
        "crumbs": [("Cari desa", "/wilayah/"), *queries.trail(above), (region.title, "")],
        "children": queries.children(code),
        "census": queries.census_words(code),
        "story": queries.story(code),
        "successor": None if region.is_in_force else queries.successor(code),
    }
    shows(request, tags.FIXED)
    return render(request, "regions/list.html", context)
