"""A few drawn pictures that all texts of the load share as their photos."""

from datetime import UTC, datetime, time
from functools import partial
from io import BytesIO
from random import Random
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw, ImageFilter

from kim.accounts.actor import SYSTEM
from kim.bench import phrases
from kim.bench.plan import Order
from kim.bench.village import made_id
from kim.media import actions as media
from kim.media.models import Purpose, Rendition, Upload

WIDTH, HEIGHT = 1600, 1000


def draw(order: Order, number: int) -> list[str]:
    """Store that many pictures; returns their ids, the same for the same order."""
    return [_store(order, turn) for turn in range(number)]


def remove(found: list[str]) -> None:
    """Take the pictures away, their files when the transaction has ended."""
    for upload in Upload.objects.filter(id__in=found).prefetch_related("renditions"):
        for file in (upload.file, *(rendition.file for rendition in upload.renditions.all())):
            transaction.on_commit(partial(file.storage.delete, file.name))
        upload.delete()


def _store(order: Order, turn: int) -> str:
    chance = phrases.chance_of(order.seed, f"photo/{turn}")
    file = SimpleUploadedFile(f"uji-{turn}.jpg", _landscape(chance))
    upload = media.store(
        file, purpose=Purpose.PHOTO, actor=SYSTEM, alt="Gambar lanskap untuk uji kecepatan",
        credit="Gambar uji KIM.id", is_demo=True,
    )  # fmt: skip
    media.open_to_public([upload.id])
    made = UUID(made_id(chance, datetime.combine(order.day, time(2), UTC)))
    Upload.objects.filter(id=upload.id).update(id=made)
    Rendition.objects.filter(upload_id=upload.id).update(upload_id=made)
    return str(made)


def _landscape(chance: Random) -> bytes:
    """Sky, hills and grain: bytes like those of a photograph, nothing to look at twice."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (150 + chance.randrange(90), 190, 210 + chance.randrange(40)))
    pen = ImageDraw.Draw(image)
    for layer in range(6):
        base, shade = 350 + layer * 100, tuple(chance.randrange(30, 150) for _ in range(3))
        edge = [(x, base + chance.randrange(-60, 60)) for x in range(0, WIDTH + 1, 100)]
        pen.polygon([(0, HEIGHT), *edge, (WIDTH, HEIGHT)], fill=shade)
    grain = Image.frombytes("L", (WIDTH // 2, HEIGHT // 2), chance.randbytes(WIDTH * HEIGHT // 4)).resize(image.size)
    speckled = Image.blend(image, Image.merge("RGB", (grain, grain, grain)), 0.12)
    kept = BytesIO()
    speckled.filter(ImageFilter.GaussianBlur(1)).save(kept, "JPEG", quality=85)
    return kept.getvalue()
