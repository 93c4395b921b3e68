"""Whoever asked comes back with number and secret; nothing else of them is known."""

import hmac
from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.crypto import salted_hmac

from kim.clarification.models import Report
from kim.kernel import ticket


def secret_of(report: Report) -> str:
    """Ten signs made from the report's id and the site's own secret: 49 bits, kept nowhere."""
    number = int.from_bytes(salted_hmac("kim.clarification.secret", str(report.id), algorithm="sha256").digest())
    signs = []
    for _ in range(ticket.SECRET):
        number, place = divmod(number, len(ticket.LETTERS))
        signs.append(ticket.LETTERS[place])
    return "".join(signs)


def tracking_path(report: Report) -> str:
    """The secret address of whoever asked."""
    return reverse("clarification:tracking", args=[report.number, secret_of(report)])


def report_of(number: str, secret: str) -> Report:
    """The report of this ticket; raises Report.DoesNotExist for a wrong number and for a wrong secret alike."""
    typed = "".join(sign for sign in secret.lower() if sign.isalnum())
    report = Report.objects.select_related("claim__office", "region").get(number=ticket.read(number) or "")
    if not hmac.compare_digest(typed.encode(), secret_of(report).encode()):
        raise Report.DoesNotExist
    return report


def is_joined(report: Report) -> bool:
    """Whether others asked the same before: then it may be another claim after all."""
    if report.is_parted:
        return False
    return report.folded_from_id is not None or report.claim.reports.filter(at__lt=report.at).exists()


def people_asking(claim_id: UUID, *, came_from: Collection[UUID] = ()) -> list[tuple[UUID, str]]:
    """(person, secret address) of those who asked while signed in, each once: the newest. Or of those alone whose claims
    were folded into it."""
    rows = Report.objects.filter(claim=claim_id, **({"folded_from__in": came_from} if came_from else {}))
    rows = rows.exclude(person=None).order_by("at", "id").only("id", "number", "person_id")
    return list({report.person_id: tracking_path(report) for report in rows if report.person_id}.items())
