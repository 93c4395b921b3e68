"""The certificate on paper, and the public page its QR leads to."""

import json
from pathlib import Path
from urllib.parse import quote

import segno
import typst
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.doors.access import public
from kim.kernel import clock, text
from kim.pages import shows
from kim.registry import queries
from kim.registry.models import Kim
from kim.registry.workflow import Stage

SHEET = Path(__file__).resolve().parent.parent / "templates" / "registry" / "certificate.typ"


@public
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Says in words whether a certificate is valid, and both axes of its KIM."""
    try:
        kim = queries.by_number(number)
    except Kim.DoesNotExist:
        return render(request, "registry/certificate_unknown.html", {"number": number[:40]}, status=404)
    context = {"kim": kim, "is_valid": kim.stage == Stage.REGISTERED, "today": clock.today(kim.region.time_zone)}
    context |= {"legal": queries.legal_status(kim), "activity": queries.activity_status(kim)}
    shows(request, kim.key)
    return render(request, "registry/certificate.html", context)


@public
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as PDF: the same bytes as long as the KIM's data are the same. A dissolved KIM has none."""
    kim = queries.by_number(number)
    if kim.stage != Stage.REGISTERED:
        return redirect("registry:certificate", number)
    shows(request, kim.key)
    address = f"{settings.KIM_BASE_URL}/sertifikat/{quote(number)}/"
    words = queries.certificate_words(kim) | {"address": address, "site": settings.KIM_SITE_NAME}
    inputs = {"words": json.dumps(words), "qr": segno.make(address, error="m").svg_inline(border=0, omitsize=True)}
    stamp = int(kim.registered_at.timestamp()) if kim.registered_at else 0
    pdf = typst.compile(SHEET.read_bytes(), sys_inputs=inputs, ignore_system_fonts=True, timestamp=stamp)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{text.slugify(number)}.pdf"'
    return response
