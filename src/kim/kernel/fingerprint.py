"""How alike two texts or two pictures are: 64 bits of each, and near ones differ in few of them.

A text gives a SimHash (Charikar 2002) of its words without what forwarding adds; a picture a hash of its coarse light
and dark (pHash). To find near ones in a table, the 64 bits are four bands of 16: two hashes that differ in at most
`NEAR` bits have a band that differs in at most two, so every band is looked up with up to two bits turned. Of a short text a single
word turns too many bits; it is also known by its clippings, which are found by being the same.
"""

import hashlib
import math
import re
import unicodedata
from collections.abc import Collection
from functools import cache
from itertools import combinations, pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit

from PIL import Image

BITS, BANDS, TURNED = 64, 4, 2
WIDTH = BITS // BANDS
NEAR = BANDS * (TURNED + 1) - 1  # 11: as many as the bands are sure to find
NEAR_PICTURE = 8
FEWEST_WORDS = 4  # of fewer words nobody can say what they are about
LANE = 16  # bits in which the weights of a message are added up: 4,000 letters never fill them
MOST_CLIPPED = 16  # words of a message that is also known by its clippings: of longer ones the SimHash finds nearly all
SKETCHED = 16  # words of a message that are kept to compare it by, the lowest by chance
ALIKE = 0.5  # the share of them that two have to have in common
SIDE, KEPT = 32, 8  # of a picture: sampled light, and its coarsest waves

_STAMP = re.compile(
    r"^\s*\[?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?,?\s+\d{1,2}[.:]\d{2}\]?(?:\s*-)?\s*[^:\n]{0,40}:", re.M
)
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|id|net|org|info|xyz|site|online|link|ly|me)/\S*", re.I
)
_WORD = re.compile(r"[a-z0-9]+")
_LONG = re.compile(r"([a-z])\1{2,}")
_SPELLED = """
    yg yang tdk tidak gak tidak ga tidak nggak tidak enggak tidak ngga tidak ndak tidak tak tidak dgn dengan utk untuk
    krn karena jgn jangan sdh sudah udh sudah udah sudah blm belum dlm dalam pd pada org orang sy saya dr dari bs bisa
    spy supaya sblm sebelum hrs harus tsb tersebut tgl tanggal jl jalan hr hari dpt dapat lg lagi aja saja krna karena
    gk tidak kagak tidak gag tidak engga tidak bkn bukan bukn bukan
    klo kalau kl kalau kalo kalau bgt banget rb ribu jt juta pemda pemerintah hp ponsel wa whatsapp no nomor
"""
_SHORT_FORMS = _SPELLED.split()
_SAID = dict(zip(_SHORT_FORMS[::2], _SHORT_FORMS[1::2], strict=True))
# What stands around a forwarded message, and words too small to tell one message from another.
_AROUND = """
    assalamualaikum wr wb bismillah selamat pagi siang sore malam forwarded forward diteruskan teruskan sebarkan sebar
    share bagikan viralkan viral copas copy paste grup group sebelah mohon tolong info penting breaking news hoax hoaks
    apakah benar betul kah ya pak bu bapak ibu min admin nih dong sih kok
    yang di ke dan atau itu ini dari untuk dengan pada dalam oleh akan juga saja agar supaya karena adalah para
"""
_CHATTER = frozenset(_AROUND.split())
_DENIALS = frozenset(["tidak", "bukan", "belum", "jangan", "tanpa", "batal"])
# One word of such a pair makes another message of it.
_OPPOSITES = frozenset(
    [
        "naik",
        "turun",
        "halal",
        "haram",
        "aman",
        "bahaya",
        "berbahaya",
        "boleh",
        "dilarang",
        "buka",
        "tutup",
        "dibuka",
        "ditutup",
        "gratis",
        "bayar",
        "berbayar",
        "wajib",
        "sunah",
        "libur",
        "masuk",
        "mulai",
        "selesai",
        "lama",
        "baru",
        "besar",
        "kecil",
        "banyak",
        "sedikit",
        "utara",
        "selatan",
        "barat",
        "timur",
        "tengah",
        "hidup",
        "mati",
        "sehat",
        "sakit",
        "benar",
        "salah",
        "asli",
        "palsu",
        "menang",
        "kalah",
        "pagi",
        "malam",
        "besok",
        "kemarin",
        "diperpanjang",
        "dihentikan",
        "ditambah",
        "dikurangi",
    ]
)
_BEFORE_A_PLACE = frozenset(
    [
        "di",
        "ke",
        "dari",
        "desa",
        "dusun",
        "kelurahan",
        "kec",
        "kecamatan",
        "kab",
        "kabupaten",
        "kota",
        "provinsi",
        "prov",
        "rt",
        "rw",
    ]
)
_ENDS = frozenset(".!?:\n")


def links(text: str) -> list[str]:
    """The web addresses in a text, as they stand there."""
    return [found[0].rstrip(".,;:!?)'\"") for found in _LINK.finditer(text)]


def without_links(text: str) -> str:
    return _LINK.sub(" ", text)


def words(text: str) -> list[str]:
    """What a message says, word by word: without stamps, links, emoji, emphasis, greetings and calls to pass it on."""
    return [word for word, _ in _marked(text)]


def _marked(text: str) -> list[tuple[str, bool]]:
    """The words, each with whether the message is about another thing without it: a name, a number, a denial, an opposite."""
    plain = without_links(_STAMP.sub(" ", unicodedata.normalize("NFKC", text)))
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    is_loud = not any(sign.islower() for sign in ascii_)  # all in capitals: they say nothing
    found: list[tuple[str, bool]] = []
    before, end = "", 0
    for match in _WORD.finditer(ascii_.lower()):
        raw = _LONG.sub(r"\1", match[0])
        word = _SAID.get(raw, raw)
        begins = not before or bool(_ENDS & {*ascii_[end : match.start()]})
        is_name = ascii_[match.start()].isupper() and not begins and not is_loud
        is_number = any(sign.isdigit() for sign in word)
        if word not in _CHATTER:
            is_set = is_name or is_number or before in _BEFORE_A_PLACE or word in _DENIALS or word in _OPPOSITES
            found.append((word, is_set))
        before, end = raw, match.end()
    return found


def of_text(text: str) -> int | None:
    """The SimHash of a message; nothing when it says too little."""
    said = words(text)
    if len(said) < FEWEST_WORDS:
        return None
    weights: dict[str, int] = {}
    for word in said:
        weights[word] = min(weights.get(word, 0) + 2, 6)
    for pair in pairwise(said):
        weights.setdefault(" ".join(pair), 1)
    said_yes = sum(weight * _lanes(_digest(feature.encode())) for feature, weight in weights.items())
    half = sum(weights.values()) / 2
    return signed(sum(1 << place for place in range(BITS) if said_yes >> LANE * place & (1 << LANE) - 1 > half))


def sketch(text: str) -> list[int]:
    """31 bits of each of its words, of a long message of as many as are enough to compare it with another."""
    return sorted({_digest(word.encode()) >> BITS - 31 for word in words(text)})[:SKETCHED]


def is_alike(one: Collection[int], other: Collection[int]) -> bool:
    """Whether two sketches have the most of their words in common. 64 bits alone are near by chance too, once there are many."""
    lowest = sorted({*one, *other})[:SKETCHED]
    return len({*one} & {*other} & {*lowest}) >= ALIKE * len(lowest)


def clippings(text: str) -> list[int]:
    """Of a short message 64 bits of the whole, and of what is left without each one of its words: two that differ in one word
    have a clipping in common. Never left out is a word that makes it another message: a denial, an opposite, a number, and
    what looks like a name (a capital within a sentence, or behind *di*, *ke*, *desa* …)."""
    marked = _marked(text)
    said = [word for word, _ in marked]
    if not FEWEST_WORDS <= len(said) <= MOST_CLIPPED:
        return []
    left_out = [place for place, (_, is_set) in enumerate(marked) if not is_set] if len(said) > FEWEST_WORDS else []
    kept = [said, *(said[:place] + said[place + 1 :] for place in left_out)]
    return list(dict.fromkeys(of_bytes(" ".join(one).encode()) for one in kept))


def of_picture(image: Image.Image) -> int | None:
    """The hash of a picture's coarse light and dark; nothing for one of a single colour, which is like every other."""
    small = image.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    light = list(small.tobytes())
    if max(light) - min(light) < 8:
        return None
    waves = _waves(light)
    middle = sorted(waves[1:])[len(waves) // 2]  # without the first, which is only how bright it is
    return signed(sum(1 << place for place, wave in enumerate(waves) if place and wave > middle))


def of_bytes(data: bytes) -> int:
    """64 bits of exactly these bytes: a voice note that is passed on stays the same file."""
    return signed(_digest(data))


def of_link(address: str) -> int | None:
    """64 bits of an address without what only tells who shared it; nothing for a bare site."""
    parts = urlsplit(address if "://" in address else f"https://{address}")
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not _is_trail(name)]
    path = parts.path.rstrip("/")
    if not path and not asked:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return of_bytes(f"{host}{path}?{urlencode(sorted(asked))}".encode())


def distance(one: int, other: int) -> int:
    """In how many bits two hashes differ."""
    return ((one ^ other) & (1 << BITS) - 1).bit_count()


def bands(code: int) -> list[int]:
    """The four parts by which a hash is found."""
    return [code >> WIDTH * place & (1 << WIDTH) - 1 for place in range(BANDS)]


def probes(code: int) -> list[list[int]]:
    """For each band everything to look for: itself, and itself with one or two bits turned."""
    return [[band ^ mask for mask in _masks()] for band in bands(code)]


def signed(bits: int) -> int:
    """As a database keeps 64 bits."""
    return bits - (1 << BITS) if bits >> BITS - 1 else bits


def _lanes(bits: int) -> int:
    """The 64 bits wide apart in one number, each with room to be added up: all places are counted at once."""
    return sum(_wide()[bits >> 8 * part & 255] << 8 * LANE * part for part in range(BITS // 8))


@cache
def _wide() -> tuple[int, ...]:
    return tuple(sum((byte >> place & 1) << LANE * place for place in range(8)) for byte in range(256))


@cache
def _masks() -> tuple[int, ...]:
    turned = (chosen for count in range(TURNED + 1) for chosen in combinations(range(WIDTH), count))
    return tuple(sum(1 << place for place in chosen) for chosen in turned)


def _digest(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())


def _is_trail(name: str) -> bool:
    return name.startswith("utm_") or name in ("fbclid", "igsh", "igshid", "gclid", "si", "ref", "mibextid", "s", "t")


@cache
def _cosines() -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(math.cos(math.pi * wave * (2 * place + 1) / (2 * SIDE)) for place in range(SIDE)) for wave in range(KEPT)
    )


def _waves(light: list[int]) -> list[float]:
    """The 8 × 8 coarsest waves of a 32 × 32 picture (a DCT, rows first)."""
    rows = [light[row * SIDE : (row + 1) * SIDE] for row in range(SIDE)]
    along = [[sum(map(float.__mul__, cosine, map(float, row))) for cosine in _cosines()] for row in rows]
    return [sum(cosine[row] * along[row][wave] for row in range(SIDE)) for cosine in _cosines() for wave in range(KEPT)]
