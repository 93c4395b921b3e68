"""Which village a row means, within the region of its list alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kim.kernel import codes
from kim.kernel.places_id import DESA, KELURAHAN, PlaceWords
from kim.kernel.spelling import distance, sound_key
from kim.regions.models import Region

MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class Village:
    """A village of the region, as far as resolving needs it."""

    code: str
    title: str
    kind: str
    key: str
    district: str
    regency: str

    @property
    def choice(self) -> list[str]:
        return [self.code, self.title]


@dataclass(frozen=True, slots=True)
class Found:
    """Either the village, or a sentence with the villages it may be."""

    village: Village | None = None
    problem: str = ""
    choices: tuple[Village, ...] = ()


class Villages:
    """The villages that a list's words can mean; a handful of queries for any number of rows."""

    def __init__(self, region: Region, wanted: Iterable[PlaceWords]) -> None:
        wanted = list(wanted)
        self.region = region
        keys = {words.village for words in wanted if words.village}
        said = {words.code for words in wanted if words.code}
        everywhere = Region.objects.in_force().filter(level=codes.Level.VILLAGE)
        here = everywhere.within(region.code)
        self.by_code = {region.code: _village(region) for region in everywhere.filter(code__in=said)}
        self.by_key: dict[str, list[Village]] = defaultdict(list)
        for row in here.filter(search_key__in=keys):
            self.by_key[row.search_key].append(_village(row))
        strange = {sound_key(key) for key in keys - self.by_key.keys()}
        self.by_sound: dict[str, list[Village]] = defaultdict(list)
        for row in here.filter(sound_key__in=strange - {""}):
            self.by_sound[row.sound_key].append(_village(row))

    def resolve(self, words: PlaceWords) -> Found:
        """The one village these words mean, or why there is none."""
        if words.code:
            return self._by_code(words)
        if (
            words.regency
            and codes.level(self.region.code).depth >= 2
            and not _near(words.regency, self.region.search_key)
        ):
            return Found(problem=f"Baris ini menyebut kabupaten/kota lain. Daftar ini hanya untuk {self.region.title}.")
        found = self.by_key.get(words.village, [])
        if not found:
            return self._similar(words)
        narrowed = _narrow(found, words)
        if not narrowed:
            places = "kecamatan itu" if words.district else "kabupaten/kota itu"
            return Found(problem=f"Nama ini ada, tetapi bukan di {places}. Pilih desa yang benar.", choices=_few(found))
        if len(narrowed) > 1:
            return Found(
                problem=f"Ada {len(narrowed)} desa/kelurahan bernama sama. Pilih salah satu.", choices=_few(narrowed)
            )
        return Found(village=narrowed[0])

    def _by_code(self, words: PlaceWords) -> Found:
        village = self.by_code.get(words.code)
        if village is None:
            return Found(problem=f"Kode {words.code} tidak ada di daftar wilayah resmi.")
        if not codes.within(village.code, self.region.code):
            return Found(problem=f"{village.title} di luar wilayah Anda. Daftar ini hanya untuk {self.region.title}.")
        if words.village and distance(words.village, village.key) > 2:
            named = self.by_key.get(words.village, [])
            sentence = f"Kode {words.code} adalah {village.title}, tetapi nama desanya lain. Pilih yang benar."
            return Found(problem=sentence, choices=_few([village, *named]))
        return Found(village=village)

    def _similar(self, words: PlaceWords) -> Found:
        alike = [v for v in self.by_sound.get(sound_key(words.village), []) if distance(words.village, v.key) <= 2]
        alike.sort(key=lambda v: (not _near(words.district, v.district), distance(words.village, v.key), v.code))
        sentence = f"Desa/kelurahan ini tidak ketemu di {self.region.title}."
        ending = " Mungkin salah satu di bawah ini." if alike else " Periksa tulisannya."
        return Found(problem=sentence + ending, choices=_few(alike))


def _narrow(found: list[Village], words: PlaceWords) -> list[Village]:
    """Those in the kecamatan and kabupaten that were said; the kind only decides between equals."""
    if words.district:
        exact = [v for v in found if v.district == words.district]
        found = exact or [v for v in found if _near(words.district, v.district)]
    if words.regency:
        found = [v for v in found if _near(words.regency, v.regency)]
    if len(found) > 1 and words.kind:
        wanted = (KELURAHAN,) if words.kind == KELURAHAN else (DESA, "desa_adat")
        found = [v for v in found if v.kind in wanted] or found
    return found


def _near(said: str, key: str) -> bool:
    return bool(said) and distance(said, key) <= (1 if len(key) > 4 else 0)


def _few(found: list[Village]) -> tuple[Village, ...]:
    return tuple(found[:MOST_CHOICES])


def _village(row: Region) -> Village:
    district, _, higher = row.chain_key.partition(" ")
    return Village(row.code, row.full_title, row.kind, row.search_key, district, higher.partition(" ")[0])
