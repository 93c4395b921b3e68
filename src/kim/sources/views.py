"""The pages of sources: what is read, a new one tried and kept, and what they suggest."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kim.accounts.models import OFFICES
from kim.doors.access import needs
from kim.doors.replay import once
from kim.doors.throttle import knock
from kim.sources import actions, policies, queries
from kim.sources.forms import AddressForm, ReasonForm, SourceForm
from kim.sources.models import Item
from kim.sources.workflow import State

TakeUrl = Callable[[Item], str | None]
office = needs(*OFFICES)
HOUR = timedelta(hours=1)


@office
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    page = queries.source_list(request.actor, request.GET.get("sesudah", ""))
    rows = [(source, queries.standing(source), policies.can_switch_off(request.actor, source)) for source in page]
    return render(request, "sources/list.html", {"rows": rows, "page": page, "next_url": f"?sesudah={page.next}"})


@office
@once
def source_add(request: HttpRequest) -> HttpResponse:
    """The address first; then, sent from what was found there, the source itself."""
    if request.method != "POST":
        return render(request, "sources/add.html", {"form": AddressForm(actor=request.actor)})
    form = SourceForm(request.POST)
    if not form.url:
        messages.warning(request, "Alamatnya perlu diperiksa lagi sebelum disimpan.")
        return redirect("sources:add")
    if not form.is_valid():
        return render(request, "sources/keep.html", {"form": form}, status=422)
    source = actions.add(actor=request.actor, **form.values)
    messages.success(request, f"{source.name} disimpan. Usulannya muncul sesudah dibaca, biasanya dalam satu menit.")
    return redirect("sources:list")


@office
def source_check(request: HttpRequest) -> HttpResponse:
    """Reads the feed and shows what it holds; nothing is kept, so a second press is a second look."""
    if request.method != "POST":
        return redirect("sources:add")
    knock(f"feed:{request.actor.person_id}", limit=40, per=HOUR)
    form = AddressForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return render(request, "sources/add.html", {"form": form}, status=422)
    return render(request, "sources/keep.html", {"form": SourceForm.for_sample(form.sample)})


@office
@require_POST
@once
def source_switch_off(request: HttpRequest, source_id: UUID) -> HttpResponse:
    source = actions.switch_off(queries.source_of(source_id, request.actor).id, actor=request.actor)
    messages.success(request, f"{source.name} tidak dibaca lagi. Usulan yang sudah ada tetap ada.")
    return redirect("sources:list")


@office
@require_POST
@once
def source_switch_on(request: HttpRequest, source_id: UUID) -> HttpResponse:
    source = actions.switch_on(queries.source_of(source_id, request.actor).id, actor=request.actor)
    messages.success(request, f"{source.name} dibaca lagi.")
    return redirect("sources:list")


@office
@require_safe
def item_list(request: HttpRequest, take_url: TakeUrl) -> HttpResponse:
    name = request.GET.get("rak", "menunggu")
    name = name if name in queries.SHELVES else "menunggu"
    page = queries.shelf(request.actor, name, request.GET.get("sesudah", ""))
    context = {
        "page": page,
        "tabs": queries.tabs(request.actor, name),
        "shelf": name,
        "rows": [(item, _may(request, item), take_url(item)) for item in page],
        "next_url": f"?rak={name}&sesudah={page.next}",
    }
    return render(request, "sources/items.html", context)


@office
@require_safe
def item_detail(request: HttpRequest, item_id: UUID, take_url: TakeUrl) -> HttpResponse:
    item = queries.item_of(item_id, request.actor)
    context = {
        "item": item,
        "may": _may(request, item),
        "take_url": take_url(item),
        "former": queries.former(item),
        "form": ReasonForm(),
    }
    return render(request, "sources/item.html", context)


@office
@require_POST
@once
def item_pass_over(request: HttpRequest, item_id: UUID) -> HttpResponse:
    item, form = queries.item_of(item_id, request.actor), ReasonForm(request.POST)
    if not form.is_valid():
        context = {"item": item, "may": _may(request, item), "take_url": None, "former": [], "form": form}
        return render(request, "sources/item.html", context, status=422)
    actions.pass_over(item.id, actor=request.actor, reason=form.cleaned_data["reason"])
    messages.success(request, f"“{item.title}” dilewati. Masih bisa dikembalikan dari rak Dilewati.")
    return redirect("sources:items")


@office
@require_POST
@once
def item_put_back(request: HttpRequest, item_id: UUID) -> HttpResponse:
    item = actions.put_back(queries.item_of(item_id, request.actor).id, actor=request.actor)
    messages.success(request, f"“{item.title}” menunggu lagi.")
    return redirect("sources:items")


def _may(request: HttpRequest, item: Item) -> dict[str, bool]:
    """Which buttons this item has for this officer."""
    is_ours = bool(policies.can_take(request.actor, item))
    return {"settle": is_ours and item.state == State.NEW, "put_back": is_ours and item.state == State.PASSED}
