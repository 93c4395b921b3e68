"""The certificate: a PDF with a QR, and the public page that says whether it is valid."""

import pytest

from kim.registry.workflow import Stage
from registry.factories import decree, kim

pytestmark = pytest.mark.django_db


def test_the_pdf_is_a_pdf_and_the_same_bytes_for_everyone(client):
    group = kim(name="KIM Ceria 🌾 #set page <b>")
    decree(group)
    first = client.get(f"/sertifikat/{group.registry_number}.pdf")
    assert first["Content-Type"] == "application/pdf" and first.content.startswith(b"%PDF")
    assert client.get(f"/sertifikat/{group.registry_number}.pdf").content == first.content
    assert "Set-Cookie" not in first and "ETag" in first


def test_the_public_page_says_valid_with_both_axes(client):
    group = kim()
    decree(group, days_left=-10)
    page = client.get(f"/sertifikat/{group.registry_number}/").content.decode()
    assert "Sertifikat ini sah" in page and "SK habis" in page and "Belum ada kabar" in page


def test_a_dissolved_kim_has_no_valid_certificate(client):
    group = kim()
    group.stage = Stage.DISSOLVED
    group.save()
    page = client.get(f"/sertifikat/{group.registry_number}/").content.decode()
    assert "tidak berlaku lagi" in page and "sudah bubar" in page
    assert client.get(f"/sertifikat/{group.registry_number}.pdf").url == f"/sertifikat/{group.registry_number}/"


def test_an_invented_number_is_said_to_be_invalid(client):
    answer = client.get("/sertifikat/KIM-0000000000-99/")
    assert answer.status_code == 404 and "tidak terdaftar" in answer.content.decode()
    assert client.get("/sertifikat/KIM-0000000000-99.pdf").status_code == 404


def test_a_registration_under_way_has_no_certificate(client):
    waiting = kim(stage=Stage.SUBMITTED, registry_number="KIM-1-01")
    assert client.get(f"/sertifikat/{waiting.registry_number}/").status_code == 404


def test_a_number_written_the_regions_own_way_has_its_page_too(client):
    group = kim(registry_number="PO/3502171008/001")
    assert "Sertifikat ini sah" in client.get(f"/sertifikat/{group.registry_number}/").content.decode()
    assert client.get(f"/sertifikat/{group.registry_number}.pdf").content.startswith(b"%PDF")
