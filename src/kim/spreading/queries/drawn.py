"""Reports that were drawn for a call back."""

from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.doors.paging import Page, page
from kim.kernel import codes
from kim.spreading.models import Book, CallBack


def drawn_reports(book: Book, actor: Actor, *, after: str = "") -> Page:
    """Those of the own area that were not yet checked, oldest first."""
    rows = book.reports.objects.filter(call_back=CallBack.DRAWN)
    rows = rows.select_related(f"{book.copy}__kim", f"{book.copy}__{book.thing}", "by")
    if actor.region_code != codes.NATION:
        rows = rows.filter(**{f"{book.copy}__region__code__startswith": actor.region_code})
    return page(rows, after=after, size=20, keys=("at", "id"))


def drawn_report(book: Book, actor: Actor, report_id: UUID) -> Any:
    """One of them; raises DoesNotExist beyond the own area, and for what was not drawn."""
    rows = book.reports.objects.filter(call_back=CallBack.DRAWN).select_related(f"{book.copy}__{book.thing}")
    report = rows.get(id=report_id)
    if not codes.within(report.copy.region_id, actor.region_code or ""):
        raise book.reports.DoesNotExist
    return report
