"""A published text and the site around it, made straight in the tables."""

from datetime import timedelta
from itertools import count

from accounts.factories import person
from kim.kernel import clock
from kim.media.models import Purpose, Upload
from kim.publishing.models import Article
from kim.publishing.workflow import Stage
from kim.registry.models import Kim

_sequence = count(1)
BODY = (
    "<p>Bunyi kentongan terdengar dari pos ronda pukul enam pagi.</p><h2>Sampah dipilah</h2>"
    + "<p>Warga turun.</p>" * 8
)


def photo() -> Upload:
    """A public picture; its file is never opened by a page."""
    return Upload.objects.create(
        purpose=Purpose.PHOTO, file="x.jpg", name="x.jpg", mime="image/jpeg", size=9, sha256="0" * 64, width=1600,
        height=1000, alt="Warga menyapu tepi telaga", credit="KIM Contoh", is_public=True,
    )  # fmt: skip


def article(of: Kim, *, days: float = 0, with_photo: bool = False, **fields) -> Article:
    """A text everybody may read, `days` old."""
    n = next(_sequence)
    at = clock.now() - timedelta(days=days)
    made = {
        "kim": of,
        "region_id": of.region_id,
        "title": f"Tiga dusun bersihkan tepi telaga {n}",
        "slug": f"tiga-dusun-{n}",
        "short_code": f"k{n}x",
        "gist": "Diikuti 115 warga.\nTerkumpul 46 karung sampah.",
        "body": BODY,
        "stage": Stage.PUBLISHED,
        "revision": 1,
        "decided_revision": 1,
        "author": person(),
        "responsible": "Sari Contoh",
        "published_at": at,
    }
    if with_photo:
        made["cover"] = photo()
    return Article.objects.create(**(made | fields))
