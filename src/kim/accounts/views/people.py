"""People in one's care: their codes, and the officials of the levels below."""

from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kim.accounts import actions, policies, queries
from kim.accounts.forms import InviteForm
from kim.accounts.models import KIM_ROLES, OFFICES, Person, Purpose, Role
from kim.doors.access import needs, signed_in
from kim.doors.replay import once
from kim.kernel.clock import now
from kim.kernel.results import NotAllowed, Refused, demand


@signed_in
def code(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask first, then show the new code this once: big, as QR, ready to print."""
    who = get_object_or_404(queries.visible_to(request.actor), pk=person_id)
    purpose = _purpose(request, who)
    if request.method != "POST":
        demand(policies.can_issue_code(request.actor, who.pk, queries.in_force().filter(person=who), purpose))
        return render(
            request, "accounts/code_confirm.html", {"who": who, "purpose": purpose, "back": _list_of(request)}
        )
    plain = actions.issue_code(who.pk, actor=request.actor, purpose=purpose)
    address = f"{settings.KIM_BASE_URL}/masuk/kode/?k={plain}"
    context = {
        "who": who,
        "back": _list_of(request),
        "halves": (plain[:4], plain[4:]),
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=6, border=2),
        "until": now() + actions.EXPIRES_AFTER,
        "short_address": f"{settings.KIM_BASE_URL.partition('://')[2]}/masuk/kode/",
    }
    return render(request, "accounts/code_shown.html", context)


def _list_of(request: HttpRequest) -> str:
    """Where this hat finds the people it makes codes for."""
    if request.actor.wears(*KIM_ROLES):
        return "/kerja/kim/anggota/"
    if request.actor.wears(Role.VILLAGE):
        return "/kerja/desa/orang/"
    return "/kantor/petugas/" if request.actor.wears(*OFFICES) else "/akun/"


def _purpose(request: HttpRequest, who: Person) -> str:
    """The way in that was asked for; members and heads help with the PIN only."""
    wanted = request.POST.get("untuk") or request.GET.get("untuk")
    if wanted in Purpose.values:
        return wanted
    return queries.purpose_for(who) if request.actor.wears(*OFFICES, Role.SUPPORT) else Purpose.PIN


@needs(*OFFICES)
@once
def officials(request: HttpRequest) -> HttpResponse:
    """The officials and heads this office invites, and a form for one more."""
    roles = policies.roles_given_by(request.actor.hat.role)
    form = InviteForm(request.POST or None, roles=roles, agencies=queries.agencies_for(request.actor)[:100])
    if request.method == "POST" and form.is_valid():
        try:
            return _invite(request, form.cleaned_data)
        except (NotAllowed, Refused) as error:
            form.add_error(None, str(error))
    people = queries.officials_under(request.actor, roles, request.GET.get("sesudah", ""))
    next_url = f"?sesudah={people.next}" if people.next else ""
    return render(request, "accounts/people.html", {"form": form, "people": people, "next_url": next_url})


def _invite(request: HttpRequest, data: dict) -> HttpResponse:
    named = {k: data[k] for k in ("name", "phone", "email", "role", "region")}
    who = actions.invite(actor=request.actor, agency_id=data.get("agency_id"), **named)
    purpose = Purpose.of(data["role"])
    if who.pin if purpose == Purpose.PIN else who.has_usable_password():
        messages.success(request, f"{who.name} sekarang bertugas, dan masuk seperti biasa.")
        return redirect("accounts:officials")
    messages.success(request, f"{who.name} sudah terdaftar. Buatkan kode masuknya sekarang.")
    return redirect(f"{reverse('accounts:code', args=[who.pk])}?untuk={purpose}")


@signed_in
@once
def end_mandate(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Ask first, then take the hat away."""
    mandate = queries.mandate_in_care(request.actor, mandate_id)
    if mandate is None or not policies.can_end_mandate(request.actor, mandate):
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/end_mandate.html", {"mandate": mandate})
    actions.end_mandate(mandate.pk, actor=request.actor, reason=request.POST.get("reason", ""))
    messages.success(request, f"Tugas {mandate.label} sudah diakhiri.")
    return redirect("/akun/" if mandate.person_id == request.actor.person_id else "/kantor/petugas/")


@needs(*OFFICES)
@require_POST
@once
def drop_second_factor(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """For an official who lost the phone and the recovery codes."""
    who = get_object_or_404(queries.visible_to(request.actor), pk=person_id)
    actions.drop_second_factor(who.pk, actor=request.actor)
    messages.success(request, f"Faktor kedua {who.name} sudah dihapus. Minta dia masuk dan memasang yang baru.")
    return redirect("/kantor/petugas/")
