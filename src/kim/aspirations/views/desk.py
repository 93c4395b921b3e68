"""A desk: its piles, one aspiration with everything that may be done with it, and the files that came along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.aspirations import actions, policies, queries
from kim.aspirations.forms import desk as forms
from kim.aspirations.models import Aspiration, Category
from kim.aspirations.views.base import desk_page, find, place_of
from kim.aspirations.workflow import Kind
from kim.doors.replay import once
from kim.kernel.results import NotAllowed
from kim.media.actions import BadFile
from kim.media.views import handed

LEAVES = ("escalate", "merge")  # afterwards it is not on this desk, or no longer open


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done: the word of its address, its form, its action, and what is said afterwards."""

    verb: str
    form: type[forms.DeskForm]
    act: Callable[..., Aspiration]
    told: str


DEEDS = {
    "terima": Deed("accept", forms.AcceptForm, actions.accept, "Diterima. Kabari pelapor sebelum tenggatnya."),
    "kabari": Deed("follow_up", forms.FollowUpForm, actions.follow_up, "Pelapor dapat membaca kemajuannya."),
    "jawab": Deed(
        "answer", forms.AnswerForm, actions.answer, "Jawaban terkirim. Pelapor menilai sudah beres atau belum."
    ),
    "teruskan": Deed("escalate", forms.PassOnForm, actions.escalate, "Diteruskan. Anda dikabari bila dijawab."),
    "tanya": Deed(
        "ask_back", forms.AskBackForm, actions.ask_back, "Pertanyaan terkirim. Jam Anda berhenti sampai dijawab."
    ),
    "perpanjang": Deed("extend", forms.ExtendForm, actions.extend, "Waktunya diperpanjang satu kali."),
    "gabung": Deed("merge", forms.MergeForm, actions.merge, "Digabung. Pelapornya mengikuti yang lain."),
    "tolak": Deed("dismiss", forms.DismissForm, actions.dismiss, "Dicatat tidak diproses. Pelapor membaca alasannya."),
    "tampilkan": Deed("publish", forms.PublishForm, actions.publish, "Sekarang dapat dibaca umum."),
    "sembunyikan": Deed("hide", forms.HideForm, actions.hide, "Tidak lagi dibaca umum."),
}


def desk(request: HttpRequest) -> HttpResponse:
    """What lies here, pile by pile, most pressing first."""
    chosen = next((one for one in queries.PILES if one.key == request.GET.get("tumpukan", "")), queries.PILES[0])
    category = request.GET.get("tentang", "") if request.GET.get("tentang", "") in Category.values else ""
    found = queries.pile(request.actor, chosen.key, category=category, after=request.GET.get("sesudah", ""))
    standings, weights = queries.standings(found.items), queries.weights(request.actor)
    context = {
        "page": found,
        "rows": [(row, standings[row.id], place_of(request.actor, "one", row.id)) for row in found],
        "pile": chosen,
        "piles": [(one, weights.get(one.key, "")) for one in queries.PILES],
        "category": category,
        "categories": Category.choices,
        "figures": queries.of_desk(queries.key_of(request.actor)),
        "next_url": f"?tumpukan={chosen.key}&tentang={category}&sesudah={found.next}" if found.next else "",
        "passed_url": place_of(request.actor, "passed"),
    }
    return desk_page(request, "aspirations/desk.html", context)


def passed(request: HttpRequest) -> HttpResponse:
    """What this desk handed over, and how it fares."""
    found = queries.passed_on(request.actor, after=request.GET.get("sesudah", ""))
    context = {
        "page": found,
        "rows": [(stay, place_of(request.actor, "one", stay.aspiration_id)) for stay in found],
        "next_url": f"?sesudah={found.next}" if found.next else "",
    }
    return desk_page(request, "aspirations/passed.html", context)


def one(request: HttpRequest, aspiration_id: UUID) -> HttpResponse:
    """One aspiration; for a desk that held it once, only how it fares."""
    try:
        found = find(request, aspiration_id)
    except Aspiration.DoesNotExist:
        return _from_afar(request, aspiration_id)
    return _page(request, found)


def _from_afar(request: HttpRequest, aspiration_id: UUID) -> HttpResponse:
    found = queries.once_held(request.actor, aspiration_id)
    stays = [] if found.is_confidential else queries.journey(found)
    return desk_page(request, "aspirations/afar.html", {"aspiration": found, "stays": stays})


def _page(request: HttpRequest, found: Aspiration, **given: Any) -> HttpResponse:
    may = policies.open_verbs(request.actor, found)
    offered = _offered(request, found, may)
    cards = [
        (word, given.get(deed.verb) or _blank(deed, found, offered), may[deed.verb])
        for word, deed in DEEDS.items()
        if deed.verb in may
    ]
    publish = given.get("publish") or _blank(DEEDS["tampilkan"], found, offered)
    context = {
        "aspiration": found,
        "standing": queries.standings([found])[found.id],
        "stays": queries.journey(found),
        "said": queries.said(found),
        "pictures": queries.pictures(found),
        "cards": cards,
        "entry": queries.entry_for(found) if found.kind == Kind.REQUEST else None,
        "here": place_of(request.actor, "one", found.id),
        "may_publish": policies.can_publish(request.actor, found),
        "publish_form": publish,
    }
    return desk_page(request, "aspirations/one.html", context, status=422 if given else 200)


def _offered(request: HttpRequest, found: Aspiration, may: dict[str, Any]) -> dict[str, list[Any]]:
    """What two of the forms choose from; asked only where they are shown."""
    return {
        "escalate": queries.destinations(found) if may.get("escalate") else [],
        "merge": queries.mergeable(request.actor, found) if may.get("merge") else [],
    }


def _blank(deed: Deed, found: Aspiration, offered: dict[str, list[Any]]) -> forms.DeskForm:
    choices = offered.get(deed.verb, [])
    first = {"to": queries.suggested(found, choices)} if deed.verb == "escalate" and choices else {}
    return deed.form(aspiration=found, offered=choices, initial=first, prefix=None, auto_id=f"id_{deed.verb}_%s")


@require_POST
@once
def act(request: HttpRequest, aspiration_id: UUID, word: str) -> HttpResponse:
    """Do one of the things; what is missing comes back on the same page."""
    deed, found = DEEDS.get(word), find(request, aspiration_id)
    if deed is None:
        raise Http404
    offered = _offered(request, found, {deed.verb: True})
    form = deed.form(
        request.POST, request.FILES, aspiration=found, offered=offered.get(deed.verb, []), auto_id=f"id_{deed.verb}_%s"
    )
    if form.is_valid() and _done(deed, form, request):
        messages.success(request, deed.told)
        return redirect(
            place_of(request.actor, "desk") if deed.verb in LEAVES else place_of(request.actor, "one", found.id)
        )
    return _page(request, found, **{deed.verb: form})


def _done(deed: Deed, form: forms.DeskForm, request: HttpRequest) -> bool:
    """Whether it was done; what stands in the way by its words is told at the form, not on a page of its own."""
    try:
        deed.act(form.aspiration.id, actor=request.actor, **form.asked)
    except BadFile as error:
        form.add_error("photos", str(error))
    except NotAllowed as error:
        if not policies.open_verbs(request.actor, form.aspiration).get(deed.verb, deed.verb in ("publish", "hide")):
            raise
        form.add_error(None, str(error))
    return not form.errors


def file(request: HttpRequest, aspiration_id: UUID, upload_id: UUID) -> HttpResponseBase:
    """A photo or a voice note of an aspiration on this desk."""
    upload = queries.attachment(find(request, aspiration_id), upload_id).upload
    return handed(upload.file, upload.mime)
