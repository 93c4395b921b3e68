"""Which addresses of a nation are asked for: the busiest place on each level, and articles as readers choose them."""

import random
import re
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from inside.drafts import SOURCE
from kim.doors.paging import page
from kim.evaluation.models import Figure
from kim.publishing.models import Article
from kim.publishing.queries import newest, published
from kim.regions.models import Region
from kim.registry.models import Kim
from kim.registry.workflow import Stage

SEED = 83_762
POOL = 10_000  # readers read what is new
READ = 200
DEPTHS = (0.3, 0.5, 0.7, 0.9)
PLACES = ("ponorogo", "sukamaju", "kota baru", "suk", "desa ngebel", "sleman", "tanjung", "bnadung")
WORD = re.compile(r"[a-z]{5,}")


def busiest() -> dict[str, str]:
    """The code of the province with the most news, of its busiest regency, and of the busiest village there."""
    found: dict[str, str] = {}
    above = ""
    for level in ("province", "regency", "village"):
        rows = Figure.objects.filter(region__level=level, region__code__startswith=above)
        row = rows.order_by("-articles", "-kims", "region_id").first()
        found[level] = above = row.region_id if row else Region.objects.filter(level=level).first().code
    return found


def told() -> QuerySet[Article]:
    """What the nation's KIM wrote themselves, newest first; not what earlier measurements published."""
    own = Article.objects.filter(stage="published").exclude(source_note=SOURCE).exclude(title__startswith="Badai ")
    return own.order_by("-published_at", "-id")


def read_articles() -> list[str]:
    """The addresses of 200 readings: few articles often, many once (Zipf), among the newest ten thousand."""
    pool = [article.get_absolute_url() for article in told().select_related("kim").defer("body", "gist")[:POOL]]
    chance = random.Random(SEED)
    chance.shuffle(pool)
    return chance.choices(pool, [1 / rank for rank in range(1, len(pool) + 1)], k=READ)


def deep_pages(code: str) -> list[str]:
    """Pages far down in the news under a region, by the marks that the site itself would write."""
    rows = published().within(code)
    total = rows.count()
    found = []
    for depth in DEPTHS:
        at = rows.order_by("-published_at", "-id").values_list("published_at", flat=True)[int(total * depth)]
        mark = page(rows.filter(published_at__lte=at), size=20).next
        if mark and newest(code, after=mark).items[0].published_at > at:
            raise RuntimeError("the site does not read this mark of a deep page")
        found.append("/kabar/?" + urlencode({"wilayah": code, **({"sesudah": mark} if mark else {})}))
    return found


def questions() -> dict[str, list[str]]:
    """What people type: two words of a headline, and words that many headlines share."""
    titles = list(told().values_list("title", flat=True)[:2000])
    chance = random.Random(SEED)
    counts: dict[str, int] = {}
    for title in titles:
        for word in WORD.findall(title.lower()):
            counts[word] = counts.get(word, 0) + 1
    common = sorted(counts, key=lambda word: (-counts[word], word))[:4]
    pairs = [WORD.findall(title.lower()) for title in chance.sample(titles, min(60, len(titles)))]
    two = [" ".join(sorted(words, key=len)[-2:]) for words in pairs if len(words) > 1][:12]
    return {"two": two or common, "common": common or ["desa"]}


def paths(places: dict[str, str], asked: dict[str, list[str]]) -> dict[str, list[str]]:
    """Every kind of public page and the addresses asked for in turn."""
    kim = Kim.objects.filter(stage=Stage.REGISTERED, region_id=places["village"]).order_by("-published_count").first()
    kim = kim or Kim.objects.filter(stage=Stage.REGISTERED).order_by("-published_count").first()
    mixed = [*asked["two"], *asked["common"]]
    return {
        "home": ["/"],
        "province": [f"/wilayah/{places['province']}/"],
        "regency": [f"/wilayah/{places['regency']}/"],
        "village": [f"/wilayah/{places['village']}/"],
        "kim": [f"/{kim.slug}/"],
        "article": read_articles(),
        "news": [f"/kabar/?wilayah={places['province']}"],
        "deep": deep_pages(places["province"]),
        "search": ["/cari/?" + urlencode({"q": words}) for words in mixed],
        "search-common": ["/cari/?" + urlencode({"q": words}) for words in asked["common"]],
        "place": ["/wilayah/cari.json?" + urlencode({"q": words}) for words in PLACES],
    }


def amounts() -> dict[str, Any]:
    """How large the nation is, counted."""
    return {
        "kims": Kim.objects.filter(stage=Stage.REGISTERED).count(),
        "articles": Article.objects.filter(stage="published").count(),
        "villages_with_kim": Kim.objects.filter(stage=Stage.REGISTERED).values("region_id").distinct().count(),
    }
