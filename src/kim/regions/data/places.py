"""Everything that can be worked out of a code and its official name, ready to be copied into the table."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kim.kernel import codes
from kim.kernel.codes import Level
from kim.kernel.spelling import sound_key
from kim.kernel.text import search_key, slugify
from kim.regions.data import names
from kim.regions.data.pack import Tree

# Raise this when the tables of `names` or the rules below change: the next load then works everything out anew.
RECIPE = 1


class Place(NamedTuple):
    """One region as the table keeps it. The field names are the column names."""

    code: str
    level: str
    kind: str
    name: str
    display_name: str
    local_term: str
    time_zone: str
    parent_id: str | None
    chain: str
    slug: str
    search_key: str
    sound_key: str
    chain_key: str

    @property
    def short_name(self) -> str:
        return self.display_name.removeprefix("Kabupaten ").removeprefix("Kota ")

    @property
    def link(self) -> str:
        """This place as a part of the chain of the places below it."""
        match self.level:
            case Level.REGENCY:
                return self.display_name.replace("Kabupaten ", "Kab. ")
            case Level.DISTRICT:
                return f"{self.local_term} {self.display_name}".replace("Kecamatan ", "Kec. ", 1)
        return self.display_name


NATION = Place(
    code=codes.NATION, level=Level.NATION.value, kind="negara", name="Indonesia", display_name="Indonesia",
    local_term="Negara", time_zone="Asia/Jakarta", parent_id=None, chain="", slug="indonesia",
    search_key="indonesia", sound_key=sound_key("indonesia"), chain_key="",
)  # fmt: skip


def described(tree: Tree, only: Iterable[str] | None = None) -> Iterator[Place]:
    """Every place of the tree, or the given ones with all above them, each after its parent; the nation first."""
    wanted = tree.names.keys() if only is None else {link for code in only for link in codes.chain(code)}
    known = {codes.NATION: NATION}
    yield NATION
    for code in sorted(wanted - {codes.NATION}):
        above = known[codes.parent(code) or codes.NATION]
        place = _place(code, tree.names[code], above)
        if place.level != Level.VILLAGE:
            known[code] = place
        yield place


def _place(code: str, name: str, above: Place) -> Place:
    level = codes.level(code)
    kind = _kind(code, level, name)
    shown = names.alias(code, name)
    if kind == "desa_adat":
        shown = shown.removeprefix("Desa Adat ")
    key = search_key(shown.removeprefix("Kabupaten ").removeprefix("Kota ") if level is Level.REGENCY else shown)
    higher = above if above.level not in (Level.NATION, Level.PROVINCE) else NATION
    return Place(
        code=code, level=level.value, kind=kind, name=name, display_name=shown, local_term=_term(code, kind),
        time_zone=names.by_prefix(names.TIME_ZONES, code) or NATION.time_zone, parent_id=above.code,
        chain=f"{above.link}, {higher.chain}" if higher.chain else above.link, slug=slugify(shown),
        search_key=key, sound_key=sound_key(key), chain_key=f"{above.search_key} {higher.chain_key}".strip(),
    )  # fmt: skip


def _kind(code: str, level: Level, name: str) -> str:
    if level is Level.PROVINCE:
        return "provinsi"
    if level is Level.REGENCY:
        return "kota" if name.startswith("Kota ") else "kabupaten"
    if level is Level.DISTRICT:
        return "kecamatan"
    return {"1": "kelurahan", "3": "desa_adat"}.get(code[9], "desa")


def _term(code: str, kind: str) -> str:
    own = {"desa": names.VILLAGE_TERMS, "kecamatan": names.DISTRICT_TERMS}.get(kind)
    local = names.by_prefix(own, code) if own else None
    return local or kind.replace("_", " ").title()
