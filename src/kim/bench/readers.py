"""The addresses readers ask for: a few much, most hardly ever, as Zipf found for words."""

from collections.abc import Iterator
from random import Random

from kim.bench.news import short_code
from kim.bench.plan import Order
from kim.kernel import codes
from kim.publishing.models import Article, Category
from kim.regions.models import Region
from kim.registry.models import Kim
from kim.registry.workflow import Stage

# Of a hundred readers: what they open first.
TASTE = {"fresh": 52, "old": 16, "home": 12, "kim": 9, "region": 8, "topic": 3}
FRESH, SITES = 5_000, 2_000  # so many of the newest texts and of the last heard KIM are known to many


def addresses(order: Order, number: int, seed: int) -> Iterator[str]:
    """Paths in the order in which readers ask for them."""
    chance = Random(f"{seed}/readers")
    shelves = {
        "fresh": _fresh(),
        "old": _old(order, number, chance),
        "home": ["/"],
        "kim": _sites(),
        "region": _regions(chance),
        "topic": [f"/kabar/topik/{category}/" for category in Category.values],
    }
    kinds = [kind for kind in TASTE if shelves[kind]]
    for kind in chance.choices(kinds, [TASTE[kind] for kind in kinds], k=number):
        shelf = shelves[kind]
        yield shelf[_rank(len(shelf), chance)] if kind != "old" else chance.choice(shelf)


def _rank(number: int, chance: Random) -> int:
    """0 most often: the chance of place n falls as 1/n."""
    return min(int((number + 1) ** chance.random()) - 1, number - 1)


def _fresh() -> list[str]:
    rows = Article.objects.filter(stage="published").order_by("-published_at", "-id")
    return [_path(row) for row in rows.values_list("kim__slug", "slug", "short_code")[:FRESH]]


def _old(order: Order, number: int, chance: Random) -> list[str]:
    """Texts of any age, each as likely as any other."""
    wanted = [short_code(chance.randrange(order.articles)) for _ in range(min(number, FRESH))] if order.articles else []
    rows = Article.objects.filter(short_code__in=wanted).order_by("short_code")
    return [_path(row) for row in rows.values_list("kim__slug", "slug", "short_code")]


def _sites() -> list[str]:
    rows = Kim.objects.filter(stage=Stage.REGISTERED, last_news_at__isnull=False).order_by("-last_news_at", "id")
    return [f"/{slug}/" for slug in rows.values_list("slug", flat=True)[:SITES]]


def _regions(chance: Random) -> list[str]:
    """Places that have a KIM and all above them, the higher ones known to more."""
    kept = Region.objects.filter(figure__kims__gt=0).exclude(code=codes.NATION).order_by("code")
    found = list(kept.values_list("code", flat=True))
    chance.shuffle(found)
    return [f"/wilayah/{code}/" for code in sorted(found, key=lambda code: codes.level(code).depth)]


def _path(row: tuple[str, str, str]) -> str:
    return "/{}/kabar/{}-{}/".format(*row)
