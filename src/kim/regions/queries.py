"""Reading the tree: a region and what lies around it, the rules in force there, and finding a place by its name.

A search reads the index `region_search` once per reading of the text and level, and takes the first rows of
each: what it costs does not grow with the tree. Only when nothing fits are near spellings looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import router
from django.db.models import Count, Model, Q, QuerySet

from kim.doors.questions import Given, ask
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.kernel.spelling import neighbours, sound_key
from kim.kernel.text import search_key, squeeze
from kim.regions.data.readings import Plan, code_part, plans
from kim.regions.models import DEFAULT_RULES, STOREYS, Holiday, LocalRule, Region, RegionChange

LONGEST = 80  # letters of a question that are looked at
MOST_GUESSES = 200  # candidates of one reading whose spelling is compared
MOST_TRIES = 4  # readings of a question that may be misspelt
FIELDS = [field.attname for field in Region._meta.concrete_fields]
COLUMNS = ", ".join(f"found.{field.column}" for field in Region._meta.concrete_fields)
LAST = "~"  # sorts after every letter and digit of a key


@dataclass(frozen=True, slots=True)
class Rule:
    """The value of a rule somewhere, and which region set it (the nation, when it is the default)."""

    key: str
    value: Any
    is_blocking: bool = False
    source: str = ""
    region_code: str = codes.NATION


def get(code: str) -> Region:
    """The region of a code, in force or closed; Region.DoesNotExist else."""
    return Region.objects.get(code=code)


def lies_in(model: type[Model], level: Level) -> Q:
    """`within` for a `Question`: the rows of `model` under the place of that level given as `code`.

    A district without a column of its own is its villages: an equality is estimated well, a range of unknown ends not.
    """
    if level is Level.NATION:
        return Q()
    if any(field.attname == STOREYS[level] for field in model._meta.concrete_fields):
        return Q(**{STOREYS[level]: Given("code")})
    return Q(region__parent=Given("code"))


def provinces() -> QuerySet[Region]:
    return Region.objects.in_force().filter(level=codes.Level.PROVINCE)


def children(code: str) -> QuerySet[Region]:
    """The regions right below, in the order of their codes."""
    return Region.objects.in_force().filter(parent_id=code)


def lineage(code: str) -> list[Region]:
    """The region with everything above it, the nation first; one query."""
    found = Region.objects.filter(code__in=codes.chain(code))
    return sorted(found, key=lambda region: codes.level(region.code).depth)


def census(code: str) -> dict[str, int]:
    """How many regions of each kind lie under a code: `{"kecamatan": 21, "desa": 281, "kelurahan": 26}`."""
    below = Region.objects.within(code).in_force().exclude(code=code).order_by()
    return dict(below.values_list("kind").annotate(number=Count("code")))


def census_words(code: str) -> str:
    """The census in words: "21 kecamatan, 281 desa, 26 kelurahan"."""
    found = census(code)
    kinds = [kind for kind in Region.Kind if kind in found]
    return ", ".join(f"{found[kind]:,} {kind.label.lower()}".replace(",", ".") for kind in kinds)


def story(code: str) -> QuerySet[RegionChange]:
    """What happened to a region, newest first."""
    return RegionChange.objects.filter(Q(from_code=code) | Q(to_code=code))


def current_code(code: str) -> str:
    """Where a code leads today: its own, or the successor's when it was recoded, merged or split away."""
    for _ in range(8):
        if Region.objects.in_force().filter(code=code).exists():
            break
        step = RegionChange.objects.filter(from_code=code).exclude(to_code="").order_by("effective_on", "id").last()
        if step is None or step.to_code == code:
            break
        code = step.to_code
    return code


def successor(code: str) -> Region | None:
    """The region a closed one leads to, if any."""
    return Region.objects.in_force().filter(code=current_code(code)).first()


def rules(region_code: str) -> dict[str, Rule]:
    """Every rule in force in a region: its own, else the nearest region's above it, else the default. One query."""
    found = {key: Rule(key, value) for key, value in DEFAULT_RULES.items()}
    above = LocalRule.objects.filter(region_id__in=codes.chain(region_code))
    for rule in sorted(above, key=lambda rule: codes.level(rule.region_id).depth):
        found[rule.key] = Rule(rule.key, rule.value, rule.is_blocking, rule.source, rule.region_id)
    return found


def rule(region_code: str, key: str) -> Rule:
    """One rule in force in a region; KeyError for a key that nobody has defined."""
    return rules(region_code)[key]


def free_days(code: str, first: date, last: date) -> frozenset[date]:
    """The free days that this place and those above it have besides the national ones."""
    rows = Holiday.objects.filter(region_id__in=codes.chain(code), on__range=(first, last))
    return frozenset(rows.order_by().values_list("on", flat=True))


def free_days_of(places: Iterable[str], first: date, last: date) -> dict[str, frozenset[date]]:
    """The same for several places at once; one query."""
    chains = {code: codes.chain(code) for code in places}
    named = {code for chain in chains.values() for code in chain}
    rows = Holiday.objects.filter(region_id__in=named, on__range=(first, last)).order_by()
    found = list(rows.values_list("region_id", "on"))
    return {code: frozenset(on for place, on in found if place in chain) for code, chain in chains.items()}


class Finding(NamedTuple):
    """What was found, and whether it is only what the person may have meant."""

    regions: list[Region]
    is_guess: bool


def search(
    text: str, *, limit: int = 10, levels: Sequence[str] | None = None, within: str | None = None
) -> list[Region]:
    """The best places for a text, typed to the end or not; near spellings when nothing fits."""
    return find(text, limit=limit, levels=levels, within=within).regions


def find(
    text: str,
    *,
    limit: int = 10,
    levels: Sequence[str] | None = None,
    within: str | None = None,
    may_guess: bool = True,
) -> Finding:
    """Like `search`, and says whether these are guesses. Exact names first, then beginnings, higher levels first."""
    text = squeeze(text)[:LONGEST]
    wanted = [str(level) for level in levels or Level]
    prefix = "" if within in (None, codes.NATION) else str(within)
    readings = plans(text)
    found = [*_by_code(text, wanted, prefix, limit), *_by_name(readings, wanted, prefix, limit)]
    if found:
        return Finding(list({region.code: region for region in found}.values())[:limit], is_guess=False)
    return Finding(_guesses(readings, wanted, prefix, limit) if may_guess else [], is_guess=True)


def brief(region: Region) -> dict[str, str]:
    """What a field that looks for a place needs to know of it."""
    return {
        "code": region.code,
        "name": region.short_name,
        "title": region.title,
        "level": region.level,
        "level_label": region.level_label,
        "chain": region.chain,
        "url": region.url,
    }


def grouped(regions: Iterable[Region]) -> list[tuple[str, list[Region]]]:
    """Regions under the name of their level, each group in the order they came."""
    kept = list(regions)
    groups = [(level.label, [region for region in kept if region.level == level]) for level in Level]
    return [(label, members) for label, members in groups if members]


def trail(regions: Iterable[Region]) -> list[tuple[str, str]]:
    """Names and addresses of lists, for the crumbs."""
    return [(region.title, region.list_url) for region in regions if region.level != Level.NATION]


def _by_code(text: str, levels: list[str], prefix: str, limit: int) -> list[Region]:
    begin = code_part(text)
    if begin is None:
        return []
    found = Region.objects.in_force().filter(code__startswith=begin, level__in=levels)
    return list((found.filter(code__startswith=prefix) if prefix else found)[:limit])


def _by_name(readings: list[Plan], levels: list[str], prefix: str, limit: int) -> list[Region]:
    if not readings:
        return []
    asked = ", ".join(["(%s::int, %s::text, %s::text, %s::text[], %s::text[])"] * len(readings))
    storeys = ", ".join(["(%s::text)"] * len(levels))
    alias = router.db_for_read(Region)
    statement = f"""
        SELECT {COLUMNS}, plan.place, plan.key, found.search_key <> plan.key
        FROM (VALUES {asked}) AS plan (place, key, ending, above, kinds)
        CROSS JOIN (VALUES {storeys}) AS storey (level)
        CROSS JOIN LATERAL (
            SELECT * FROM regions_region r
            WHERE r.valid_until IS NULL AND r.level = storey.level
              AND r.search_key >= plan.key AND r.search_key < plan.ending
              AND r.chain_key LIKE ALL (plan.above)
              AND (cardinality(plan.kinds) = 0 OR r.kind = ANY (plan.kinds))
              AND r.code LIKE %s
            ORDER BY r.search_key LIMIT %s
        ) AS found
        """
    values = [*(value for n, plan in enumerate(readings) for value in _asked(n, plan)), *levels, f"{prefix}%", limit]
    rows = [_named(row, alias) for row in ask(statement, values, alias=alias)]
    best: dict[str, Region] = {}
    for row in sorted(rows, key=lambda row: (readings[row.place].is_loose, _closeness(row), row.place, *_rank(row))):
        best.setdefault(row.code, row)
    return list(best.values())[:limit]


def _named(row: Sequence[Any], alias: str) -> Any:
    """A region, and by which reading of the question it was found."""
    *values, place, key, is_partial = row
    region: Any = Region.from_db(alias, FIELDS, values)
    region.place, region.key, region.is_partial = place, key, is_partial
    return region


def _asked(place: int, plan: Plan) -> list[object]:
    return [place, plan.key, plan.key + LAST, [f"%{word}%" for word in plan.above], list(plan.kinds)]


def _closeness(row: Any) -> int:
    """0 is best. "Jawa" means the provinces before the forty villages of that name."""
    is_large = codes.level(row.code).depth <= Level.REGENCY.depth
    if not row.is_partial:
        return 0 if is_large else 1 if row.level == Level.DISTRICT else 3
    words = row.short_name.split()
    return 2 if is_large and search_key(words[0]) == row.key else 4


def _rank(region: Region) -> tuple[int, int, str, str]:
    return codes.level(region.code).depth, len(region.search_key), region.search_key, region.code


def _guesses(readings: list[Plan], levels: list[str], prefix: str, limit: int) -> list[Region]:
    """Places that sound like it; when none does, places whose skeleton is one slip away."""
    for widen in (False, True):
        best: dict[str, tuple[int, int, Region]] = {}
        for place, plan in enumerate(readings[:MOST_TRIES]):
            for region in _alike(plan, levels, prefix, widen):
                slips = plan.slips(region.search_key)
                if slips is not None and plan.fits(region.chain_key):
                    best.setdefault(region.code, (slips, place, region))
            if best:
                break
        if best:
            ranked = sorted(best.values(), key=lambda found: (found[0], found[1], *_rank(found[2])))
            return [region for _, _, region in ranked[:limit]]
    return []


def _alike(plan: Plan, levels: list[str], prefix: str, widen: bool) -> Iterable[Region]:
    sound = sound_key(plan.key)
    likely = Q(sound_key__in=neighbours(sound)) if widen else Q(sound_key=sound)
    if len(sound) > 3 and not widen:
        likely = Q(sound_key__gte=sound, sound_key__lt=sound + LAST)
    found = Region.objects.in_force().filter(likely, level__in=levels, search_key__startswith=plan.key[0])
    if plan.kinds:
        found = found.filter(kind__in=plan.kinds)
    if prefix:
        found = found.filter(code__startswith=prefix)
    return found.order_by("parent_id", "code")[:MOST_GUESSES]
