"""What every page about a packet has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.dissemination import policies, queries
from kim.dissemination.models import Assignment, Bulletin
from kim.doors.access import View, needs
from kim.doors.replay import once

issuers = needs(*policies.ISSUERS)
officials = needs(*OFFICES)
members = needs(*KIM_ROLES)


def find(request: HttpRequest, bulletin_id: UUID) -> Bulletin:
    """The packet in this actor's scope; DoesNotExist (404) for everybody else."""
    return queries.bulletin_for(request.actor, bulletin_id)


def find_copy(request: HttpRequest, copy_id: UUID) -> Assignment:
    """The copy of one's own KIM; DoesNotExist (404) for everybody else."""
    return queries.copy_of(request.actor, copy_id)


def office_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the frame of whoever works there: an office, or the desk of a village head."""
    layout = "layouts/desk.html" if request.actor.wears(Role.VILLAGE) else "layouts/office.html"
    return render(request, template, {"layout": layout, "office": request.actor.hat.label, **context}, status=status)


def acts(find: Callable[..., Any], page: View, leads_to: str) -> Callable[..., Callable[[Callable[..., str]], View]]:
    """The decorator for the forms of one kind of page.

    Under it stands only the act: it takes the thing, what the form read and the actor, and returns the sentence that says
    it is done. A form that was filled in wrongly comes again on the page, under its name there.
    """

    def act(
        form: type[Form] = Form, name: str = "form", *, then: str = leads_to
    ) -> Callable[[Callable[..., str]], View]:
        def made(do: Callable[..., str]) -> View:
            @require_POST
            @once
            @wraps(do)
            def view(request: HttpRequest, **gap: UUID) -> HttpResponse:
                found, filled = find(request, *gap.values()), form(request.POST)
                if not filled.is_valid():
                    return page(request, found, **{name: filled})
                if said := do(found, filled.cleaned_data, request.actor):
                    messages.success(request, said)
                return redirect(then.format(found.id))

            return view

        return made

    return act
