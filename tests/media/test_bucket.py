"""Files in an S3: kept, handed out within the same scope, and nothing lost when it is ill."""

import pytest
from django.core.files.storage import storages
from django.test import override_settings

from accounts.factories import actor
from kim.accounts.models import Role
from kim.config import storage
from kim.config.storage import Bucket
from kim.kernel.ids import new_id
from kim.media import actions
from kim.media.actions import BadFile, open_to_public, store
from kim.media.models import Purpose, Rendition, Upload
from media.bucket import KEY, NAME, REGION, SECRET, Store
from media.factories import jpeg, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def s3(settings, monkeypatch):
    """The site keeps its files in a bucket; with less patience than in life."""
    monkeypatch.setattr(storage, "CONNECT", 1)
    monkeypatch.setattr(storage, "READ", 0.3)
    monkeypatch.setattr(storage, "TRIES", 1)
    server = Store()
    options = {
        "bucket_name": NAME, "endpoint_url": server.endpoint, "region_name": REGION, "access_key": KEY,
        "secret_key": SECRET, "addressing_style": "path", "location": "situs",
    }  # fmt: skip
    kept = settings.STORAGES | {"default": {"BACKEND": "kim.config.storage.Bucket", "OPTIONS": options}}
    with override_settings(STORAGES=kept):
        yield server
    server.close()


@pytest.fixture
def member():
    return actor(Role.MEMBER)


def photo(member) -> Upload:
    return store(jpeg(1000, 700), purpose=Purpose.PHOTO, actor=member, kim_id=new_id(), region_code="35.02.17.1008")


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_photo_and_its_copies_are_in_the_bucket_and_every_request_was_signed(s3, member):
    upload = photo(member)
    names = {f"situs/{name}" for name in [upload.file.name, *(one.file.name for one in upload.renditions.all())]}
    assert set(s3.files) == names
    assert len(names) == 1 + len(actions.WIDTHS)
    assert {kind for _, kind in s3.files.values()} == {"image/jpeg", "image/webp"}
    assert s3.refused == []


def test_a_public_photo_is_handed_through_and_a_private_one_is_not(s3, member, client):
    upload = photo(member)
    address = f"/berkas/{upload.id}/480.webp"
    assert client.get(address).status_code == 404
    open_to_public([upload.id])
    said = client.get(address)
    assert body(said) == s3.files[f"situs/{upload.renditions.get(width=480).file.name}"][0]
    assert said.headers["Cache-Control"] == "public, max-age=86400"


def test_a_private_scan_is_for_those_who_may_see_it(s3, client):
    from_village = actor(Role.BOARD)
    upload = store(pdf(), purpose=Purpose.DECREE, actor=from_village, region_code="35.02.17.1008")
    assert client.get(f"/berkas/{upload.id}/").status_code == 404
    assert {kind for _, kind in s3.files.values()} == {"application/pdf", "image/webp"}


def test_a_key_that_is_not_ours_is_refused_by_the_bucket(s3, member):
    storages["default"].secret_key = "salah"
    with pytest.raises(BadFile, match="gudang berkas"):
        photo(member)
    assert s3.refused
    assert not s3.files


@pytest.mark.parametrize("mood", ["500", "silent"])
def test_an_ill_bucket_is_a_sentence_and_leaves_no_half_of_a_photo(s3, member, mood):
    s3.mood = mood
    with pytest.raises(BadFile, match="Coba kirim lagi sebentar lagi"):
        photo(member)
    assert not Upload.objects.exists()
    assert not Rendition.objects.exists()


@pytest.mark.parametrize("mood", ["500", "silent"])
def test_a_picture_that_cannot_be_fetched_now_is_not_said_to_be_gone(s3, member, client, mood):
    upload = photo(member)
    open_to_public([upload.id])
    s3.mood = mood
    said = client.get(f"/berkas/{upload.id}/480.webp")
    assert (said.status_code, said.headers["Retry-After"]) == (503, "30")
    assert "tidak hilang" in said.content.decode()
    assert "public" not in said.headers["Cache-Control"]


def test_a_picture_that_is_gone_is_a_404(s3, member, client):
    upload = photo(member)
    open_to_public([upload.id])
    s3.files.clear()
    assert client.get(f"/berkas/{upload.id}/480.webp").status_code == 404


@pytest.mark.parametrize(
    ("style", "address"),
    [("path", "https://s3.kim.example/kim-berkas/a"), ("virtual", "https://kim-berkas.s3.kim.example/a")],
)
def test_both_manners_of_addressing_a_bucket(style, address):
    options = {"bucket_name": NAME, "endpoint_url": "https://s3.kim.example", "region_name": REGION}
    bucket = Bucket(addressing_style=style, access_key=KEY, secret_key=SECRET, **options)
    signed = bucket.connection.meta.client.generate_presigned_url("get_object", {"Bucket": NAME, "Key": "a"})
    assert signed.partition("?")[0] == address
