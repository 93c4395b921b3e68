"""Form, act, sentence, redirect: the one manner of every button that writes."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.doors.access import View
from kim.doors.replay import once

Given = Callable[[HttpRequest, Any], dict[str, Any]]
Filled = dict[str, Any]  # what a form read


def acts(find: Callable[..., Any], page: View, leads_to: str) -> Callable[..., Callable[[Callable[..., str]], View]]:
    """The decorator for the forms of one kind of page.

    Under it stands only the act: it takes the thing, what the form read and the actor, and returns the sentence that says
    it is done. A form that was filled in wrongly comes again on the page, under its name there.
    """

    def act(
        form: type[Form] = Form, name: str = "form", *, then: str = leads_to, given: Given | None = None
    ) -> Callable[[Callable[..., str]], View]:
        def made(do: Callable[..., str]) -> View:
            @require_POST
            @once
            @wraps(do)
            def view(request: HttpRequest, **gap: UUID) -> HttpResponse:
                found = find(request, *gap.values())
                filled = form(request.POST, **(given(request, found) if given else {}))
                if not filled.is_valid():
                    return page(request, found, **{name: filled})
                if said := do(found, filled.cleaned_data, request.actor):
                    messages.success(request, said)
                return redirect(then.format(found.id))

            return view

        return made

    return act
