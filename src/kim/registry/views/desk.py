"""The KIM's own desk: its profile, members, board, and the renewal of its SK on one screen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.accounts.models import Role
from kim.doors.access import needs
from kim.doors.replay import once
from kim.kernel.results import NotAllowed
from kim.media.actions import BadFile
from kim.registry import actions, queries
from kim.registry.forms.base import RowsForm
from kim.registry.forms.desk import (
    DeskProfileForm,
    InviteForm,
    LeaveForm,
    MemberForm,
    RenewalForm,
    ReplaceForm,
    SeatForm,
)
from kim.registry.models import PAPERS, Decree, Kim
from kim.registry.policies import can_edit
from kim.registry.workflow import DecreeStage

PROFILE = ("about", "secretariat", "public_phone", "accent", "focus", "ict_level", "decision_rule", "quorum")
PEOPLE = (Role.MEMBER, Role.EDITOR, Role.BOARD)


def _own(request: HttpRequest) -> Kim:
    """The KIM of the hat; raises Kim.DoesNotExist."""
    return queries.visible_to(request.actor).get(pk=request.actor.kim_id)


@needs(*PEOPLE)
def overview(request: HttpRequest) -> HttpResponse:
    """The KIM as its own people see it."""
    kim = _own(request)
    return render(
        request, "registry/desk.html", queries.portrait(kim) | {"may_edit": bool(can_edit(request.actor, kim))}
    )


@needs(Role.BOARD)
@once
def profile(request: HttpRequest) -> HttpResponse:
    kim = _own(request)
    if "tambah" in request.POST:
        form = DeskProfileForm.with_more_rows(request.POST, "channel")
    elif request.method == "POST":
        form = DeskProfileForm(request.POST)
        if form.is_valid():
            said, channels = form.known(*PROFILE), form.filled("channel")
            actions.edit_profile(kim.id, actor=request.actor, fields=said, channels=channels)
            messages.success(request, "Profil KIM sudah disimpan.")
            return redirect("registry:desk")
    else:
        rows = {"channel": list(queries.channels(kim).values("kind", "address"))}
        form = DeskProfileForm(initial={name: getattr(kim, name) for name in PROFILE}, rows=rows)
    return render(request, "registry/desk_profile.html", {"kim": kim, "form": form})


@needs(*PEOPLE)
@once
def members(request: HttpRequest) -> HttpResponse:
    """Who is a member; the board adds one here."""
    kim = _own(request)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(kim.id, actor=request.actor, **form.known("name", "phone", "joined_on"))
        except NotAllowed as error:
            form.add_error("phone", str(error))
        else:
            messages.success(request, "Anggota baru sudah dicatat.")
            return redirect("registry:desk_members")
    context = {"kim": kim, "form": form, "may_edit": bool(can_edit(request.actor, kim))}
    return render(request, "registry/desk_members.html", context | {"members": queries.members_now(kim)})


@needs(Role.BOARD)
@once
def leave(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Ask first, then end a membership."""
    kim = _own(request)
    member = queries.members_now(kim).get(pk=member_id)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_membership(member.id, actor=request.actor, left_on=form.cleaned_data["left_on"])
        messages.success(request, f"Keanggotaan {member.name} sudah diakhiri.")
        return redirect("registry:desk_members")
    return render(request, "registry/desk_leave.html", {"kim": kim, "member": member, "form": form})


@needs(Role.BOARD)
@once
def invite(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Give a member a hat, then go on to the page of codes."""
    kim = _own(request)
    member = queries.members_now(kim).get(pk=member_id)
    form = InviteForm(request.POST or None, has_phone=bool(member.phone))
    if request.method == "POST" and form.is_valid():
        member = actions.invite(member.id, actor=request.actor, **form.known("role", "phone"))
        if not member.person.pin:
            return redirect("accounts:code", person_id=member.person_id)
        messages.success(request, f"{member.name} sekarang bertugas di sini, dan masuk seperti biasa.")
        return redirect("registry:desk_members")
    return render(request, "registry/desk_invite.html", {"kim": kim, "member": member, "form": form})


@needs(*PEOPLE)
@once
def board(request: HttpRequest) -> HttpResponse:
    """Who sits on the board, and who sat there before."""
    kim = _own(request)
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.open_seat(kim.id, actor=request.actor, **form.known("position", "name", "since"))
        messages.success(request, "Susunan pengurus sudah dicatat.")
        return redirect("registry:desk_board")
    context = {"kim": kim, "form": form, "may_edit": bool(can_edit(request.actor, kim))}
    context |= {"seats": queries.seats_now(kim), "former_seats": list(queries.seats_before(kim))}
    return render(request, "registry/desk_board.html", context)


@needs(Role.BOARD)
@once
def replace(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Somebody else takes a seat; the one before stays in the history."""
    kim = _own(request)
    seat = kim.seats.get(pk=seat_id)
    form = ReplaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.replace_seat(seat.id, actor=request.actor, **form.known("name", "on"))
        messages.success(request, "Pergantian pengurus sudah dicatat.")
        return redirect("registry:desk_board")
    return render(request, "registry/desk_replace.html", {"kim": kim, "seat": seat, "form": form})


@needs(*PEOPLE)
def decrees(request: HttpRequest) -> HttpResponse:
    """Every SK, and the renewal under way."""
    kim = _own(request)
    open_one = queries.renewal(kim)
    context = {"kim": kim, "decrees": queries.decrees(kim), "renewal": open_one, "legal": queries.legal_status(kim)}
    context |= {"may_edit": bool(can_edit(request.actor, kim))}
    context |= {"review": queries.last_review(kim, open_one) if open_one else None}
    return render(request, "registry/desk_decrees.html", context)


@needs(Role.BOARD)
@once
def renew(request: HttpRequest) -> HttpResponse:
    """The new SK on one screen: the last one's words and board are there already."""
    kim = _own(request)
    decree = queries.renewal(kim)
    if decree and decree.stage == DecreeStage.SUBMITTED:
        return redirect("registry:desk_decrees")
    has_scan = bool(decree and decree.scan_id)
    if request.method == "POST":
        return _renew(request, kim, RenewalForm(request.POST, request.FILES, has_scan=has_scan))
    initial, rows = queries.renewal_start(kim, decree)
    form = RenewalForm(initial=initial, rows={"seat": rows}, has_scan=has_scan)
    return _renewal_page(request, kim, decree, form)


def _renew(request: HttpRequest, kim: Kim, form: RenewalForm) -> HttpResponse:
    """Keep what is right; send it when all of it is, or come back with more rows."""
    form.is_valid()
    decree = None
    try:
        kept = {"fields": form.known(*PAPERS), "board": form.filled("seat"), "scan": form.cleaned_data.get("scan")}
        decree = actions.write_renewal(kim.id, actor=request.actor, **kept)
    except BadFile as error:
        form.add_error("scan", str(error))
    if "tambah" in request.POST:
        return _renewal_page(request, kim, decree, RenewalForm.with_more_rows(request.POST, "seat"))
    if form.errors or decree is None:
        return _renewal_page(request, kim, decree, form)
    actions.submit_decree(decree.id, actor=request.actor)
    messages.success(request, "SK baru sudah dikirim ke Diskominfo.")
    return redirect("registry:desk_decrees")


def _renewal_page(request: HttpRequest, kim: Kim, decree: Decree | None, form: RowsForm) -> HttpResponse:
    review = queries.last_review(kim, decree) if decree else None
    return render(request, "registry/desk_renew.html", {"kim": kim, "decree": decree, "form": form, "review": review})
