"""The library of clarifications and everything to pass one on: the same bytes for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from kim.clarification import queries
from kim.clarification.actions.base import TOPIC
from kim.clarification.models import Claim, Verdict
from kim.doors.access import public
from kim.kernel import markup
from kim.pages import shows, tags
from kim.search.queries import TooBroad


@public
def library(request: HttpRequest) -> HttpResponse:
    """Everything that is answered, newest first; with words those that hold them."""
    text, verdict = request.GET.get("q", "").strip()[:120], request.GET.get("putusan", "")
    context = {"text": text, "verdict": verdict, "verdicts": Verdict.choices}
    if text:
        return render(request, "clarification/library.html", context | _searched(text, request.GET.get("halaman", "1")))
    page = queries.library(verdict=verdict, after=request.GET.get("sesudah", ""))
    kept = f"putusan={verdict}&" if verdict in Verdict.values else ""
    shows(request, tags.topic(TOPIC))
    more = {"items": page.items, "next_url": f"?{kept}sesudah={page.next}" if page.next else ""}
    return render(request, "clarification/library.html", context | more)


def _searched(text: str, number: str) -> dict[str, object]:
    here = int(number) if number.isdecimal() and len(number) < 4 else 1
    try:
        items, further = queries.found(text, number=here)
    except TooBroad:
        return {"items": [], "next_url": "", "is_too_broad": True}
    return {"items": items, "next_url": f"?q={text}&halaman={further}" if further else ""}


@public
def clarification(request: HttpRequest, code: str) -> HttpResponse:
    """One clarification; withdrawn ones say so, with the reason; one that turned out to be another leads there."""
    claim = queries.public_claim(code)
    if claim.into_id and claim.root.is_public:
        return redirect(claim.root.get_absolute_url())
    if not claim.is_public:
        return render(request, "clarification/gone.html", {"claim": claim}, status=410)
    answer = queries.answer_of(claim)
    shows(request, claim.key)
    context = {
        "claim": claim,
        "answer": answer,
        "structured": mark_safe(markup.script_json(queries.structured(claim, answer))),
    }
    return render(request, "clarification/clarification.html", context | {"kit": queries.kit(claim, answer)})


@public
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The answer as it stood before; of a withdrawn one only its first page is left."""
    claim = queries.public_claim(code)
    if not claim.is_public:
        return redirect(claim.get_absolute_url())
    shows(request, claim.key)
    answer = queries.answer_of(claim, number)
    if answer is None:
        raise Claim.DoesNotExist
    return render(request, "clarification/version.html", {"claim": claim, "answer": answer})
