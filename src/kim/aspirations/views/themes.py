"""What people tell of, by place and month; and the sheet to take into a meeting."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST

from kim.accounts.models import Role
from kim.aspirations import queries
from kim.aspirations.views.base import desk_page
from kim.aspirations.views.registers import desks
from kim.doors.files import download
from kim.registry.actions import export_taken


@desks
def themes(request: HttpRequest) -> HttpResponse:
    """The year of one place, and where things come back."""
    place = queries.area_of(request.actor, request.GET.get("wilayah", ""))
    context = {"place": place, "lines": queries.themes(place.code), "returning": queries.returning(place.code)}
    context["own"] = request.actor.region_code
    context["is_village"] = request.actor.wears(Role.VILLAGE) or bool(request.actor.kim_id)
    return desk_page(request, "aspirations/themes.html", context)


@desks
@require_POST
def themes_export(request: HttpRequest) -> HttpResponseBase:
    """The table as a file for the meeting."""
    place = queries.area_of(request.actor, request.POST.get("wilayah", ""))
    kind = "xlsx" if request.POST.get("jenis") == "xlsx" else "csv"
    export_taken(actor=request.actor, what="tema", kind=kind, filters={"wilayah": place.code})
    return download(queries.theme_rows(place.code), kind=kind, name="tema-aspirasi", sheet="Tema", widths=(30, 12, 12))
