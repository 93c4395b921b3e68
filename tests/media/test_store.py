"""Whatever its name claims, a file is what its bytes are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Role
from kim.kernel.ids import new_id
from kim.media import actions, queries
from kim.media.models import Purpose, Upload
from media.factories import jpeg, pdf

pytestmark = pytest.mark.django_db


def test_a_photo_loses_its_exif_and_gains_small_copies():
    upload = actions.store(jpeg(2400, 1800, gps=True), purpose=Purpose.PHOTO, actor=ANONYMOUS)
    with upload.file.open() as file, Image.open(file) as master:
        assert not master.getexif()
        assert master.width == 1600
    assert [r.width for r in upload.renditions.order_by("width")] == [192, 480, 720, 1200]
    assert all(r.size <= 90_000 for r in upload.renditions.all())


def test_a_photo_held_sideways_stands_upright():
    sideways = jpeg(800, 600)
    image = Image.open(sideways)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = SimpleUploadedFile("a.jpg", b"")
    image.save(turned, "JPEG", exif=exif)
    turned.seek(0)
    turned.size = len(turned.read())
    turned.seek(0)
    upload = actions.store(turned, purpose=Purpose.PHOTO, actor=ANONYMOUS)
    assert (upload.width, upload.height) == (600, 800)


def test_a_pdf_scan_gets_a_preview():
    upload = actions.store(pdf(), purpose=Purpose.DECREE, actor=ANONYMOUS)
    with upload.preview.open() as file, Image.open(file) as page:
        assert page.format == "WEBP"


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("sk.pdf", b"MZ\x90\x00" + b"\0" * 400),
        SimpleUploadedFile("sk.pdf", b"%PDF-1.7 nothing more"),
        SimpleUploadedFile("foto.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        SimpleUploadedFile("kosong.jpg", b""),
    ],
    ids=["exe named pdf", "broken pdf", "svg with script", "broken png", "empty"],
)
def test_what_is_not_a_scan_is_refused_with_a_sentence(file):
    with pytest.raises(actions.BadFile) as refusal:
        actions.store(file, purpose=Purpose.DECREE, actor=ANONYMOUS)
    assert str(refusal.value).endswith(".")
    assert not Upload.objects.exists()


def test_who_sends_a_wrong_scan_hears_that_a_pdf_is_welcome():
    with pytest.raises(actions.BadFile, match="Kirim PDF, JPG, atau PNG"):
        actions.store(SimpleUploadedFile("sk.pdf", b"MZ not a scan"), purpose=Purpose.DECREE, actor=ANONYMOUS)


def test_a_40_mb_scan_is_refused_before_it_is_read():
    big = SimpleUploadedFile("sk.pdf", b"%PDF-" + b"0" * (40 * 1024 * 1024))
    with pytest.raises(actions.BadFile, match=r"40 MB.*5 MB"):
        actions.store(big, purpose=Purpose.DECREE, actor=ANONYMOUS)


def test_a_private_file_is_a_404_for_the_neighbour_and_a_page_for_its_kim(client):
    kim_id = new_id()
    upload = actions.store(pdf(), purpose=Purpose.DECREE, actor=ANONYMOUS, kim_id=kim_id, region_code="35.02.17.1008")
    assert client.get(f"/berkas/{upload.id}/").status_code == 404
    assert queries.visible_to(actor(Role.BOARD, kim_id=kim_id), upload.id) == upload
    assert queries.visible_to(actor(Role.REGENCY, "35.02"), upload.id) == upload
    for stranger in (actor(Role.REGENCY, "35.03"), actor(Role.BOARD, kim_id=new_id()), ANONYMOUS):
        with pytest.raises(Upload.DoesNotExist):
            queries.visible_to(stranger, upload.id)


def test_a_published_photo_is_cached_and_sets_no_cookie(client):
    upload = actions.store(jpeg(), purpose=Purpose.PHOTO, actor=ANONYMOUS)
    assert client.get(f"/berkas/{upload.id}/480.webp").status_code == 404
    actions.open_to_public([upload.id])
    response = client.get(f"/berkas/{upload.id}/480.webp")
    assert response.status_code == 200
    assert "public" in response["Cache-Control"] and not response.cookies
    assert b"".join(response.streaming_content).startswith(b"RIFF")
    assert client.get(f"/berkas/{upload.id}/481.webp").status_code == 404
