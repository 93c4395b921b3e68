"""What places call themselves: local terms, time zones, and the everyday form of odd official spellings.

Facts about names, kept as tables. The longest matching prefix wins, so a regency may differ from its province.
"""

import re

# Word for a desa (code part 2xxx), by code prefix.
VILLAGE_TERMS = {
    "11": "Gampong", "11.02": "Kute", "11.04": "Kampung", "11.10": "Kampung", "11.13": "Kampung", "11.16": "Kampung",
    "11.17": "Kampung", "11.75": "Kampong",
    "13": "Nagari", "13.09": "Desa", "13.73": "Desa", "13.77": "Desa",
    "14.07": "Kepenghuluan", "14.08": "Kampung", "15.08": "Dusun",
    "18.02": "Kampung", "18.04": "Pekon", "18.05": "Kampung", "18.06": "Pekon", "18.08": "Kampung", "18.10": "Pekon",
    "18.12": "Tiyuh", "18.13": "Pekon",
    "34": "Kalurahan",
    "64.03": "Kampung", "64.07": "Kampung", "64.11": "Kampung", "71.03": "Kampung", "71.09": "Kampung",
    "73.18": "Lembang", "73.26": "Lembang",
    "91": "Kampung", "92": "Kampung", "93": "Kampung", "94": "Kampung", "95": "Kampung", "96": "Kampung",
}  # fmt: skip

# Word for a kecamatan, by code prefix.
DISTRICT_TERMS = {
    "34": "Kapanewon", "34.71": "Kemantren",
    "91": "Distrik", "92": "Distrik", "93": "Distrik", "94": "Distrik", "95": "Distrik", "96": "Distrik",
}  # fmt: skip

TIME_ZONES = {
    "1": "Asia/Jakarta", "2": "Asia/Jakarta", "3": "Asia/Jakarta", "61": "Asia/Jakarta", "62": "Asia/Jakarta",
    "5": "Asia/Makassar", "63": "Asia/Makassar", "64": "Asia/Makassar", "65": "Asia/Makassar", "7": "Asia/Makassar",
    "8": "Asia/Jayapura", "9": "Asia/Jayapura",
}  # fmt: skip

# Names as people write them, where the official spelling differs.
ALIASES = {
    "31": "DKI Jakarta",
    "34": "DI Yogyakarta",
    "19.71": "Kota Pangkalpinang",
    "21.72": "Kota Tanjungpinang",
    "16.72": "Kota Pagar Alam",
    "16.73": "Kota Lubuklinggau",
    "62.71": "Kota Palangka Raya",
    "72.04": "Kabupaten Tolitoli",
    "72.09": "Kabupaten Tojo Una-Una",
    "74.72": "Kota Baubau",
    "92.03": "Kabupaten Fakfak",
    "61.71.01.1004": "Parit Tokaya",
    "16.71.01.1007": "Kemang Manis", "16.71.03.1006": "Tangga Takat", "16.71.04.1001": "Bukit Lama",
    "16.71.04.1002": "Lorok Pakjo", "16.71.04.1004": "Siring Agung", "16.71.04.1005": "Demang Lebar Daun",
    "16.71.04.1006": "Bukit Baru", "16.71.05.1010": "Sungai Pangeran", "16.71.05.1011": "Kepandean Baru",
    "16.71.06.1009": "Lawang Kidul", "16.71.06.1012": "Sungai Buah", "16.71.07.1002": "Talang Betutu",
    "16.71.07.1007": "Kebun Bunga", "16.71.07.1010": "Talang Jambe", "16.71.09.1003": "Sekip Jaya",
    "16.71.09.1006": "Talang Aman", "16.71.10.1001": "Bukit Sangkal", "16.71.10.1003": "Sungai Selayur",
    "16.71.10.1004": "Sungai Selincah", "16.71.10.1005": "Sungai Lais", "16.71.11.1006": "Talang Semut",
    "16.71.12.1002": "Karang Anyar", "16.71.12.1004": "Karang Jaya", "16.71.12.1005": "Pulo Kerto",
    "16.71.13.1001": "Kemas Rindo", "16.71.13.1002": "Kemang Agung", "16.71.13.1005": "Karya Jaya",
    "16.71.13.1006": "Ogan Baru", "16.71.14.1004": "Bagus Kuning", "16.71.14.1006": "Talang Putri",
    "16.71.14.1007": "Talang Bubuk", "16.71.15.1003": "Talang Kelapa", "16.71.15.1004": "Karya Baru",
    "16.71.16.1003": "Lebung Gajah", "16.71.17.1005": "Tuan Kentang", "16.71.18.1005": "Kuto Batu",
}  # fmt: skip

# Short and former names people type, and the search keys they stand for.
NICKNAMES = {
    "nad": ("aceh",), "sumut": ("sumaterautara",), "sumbar": ("sumaterabarat",), "sumsel": ("sumateraselatan",),
    "babel": ("kepulauanbangkabelitung",), "bangkabelitung": ("kepulauanbangkabelitung",),
    "kepri": ("kepulauanriau",), "jakarta": ("dkijakarta",), "dkj": ("dkijakarta",),
    "daerahkhususibukotajakarta": ("dkijakarta",), "jabar": ("jawabarat",), "jateng": ("jawatengah",),
    "jatim": ("jawatimur",), "diy": ("diyogyakarta",), "yogyakarta": ("yogyakarta", "diyogyakarta"),
    "jogja": ("yogyakarta", "diyogyakarta"), "jogjakarta": ("yogyakarta", "diyogyakarta"),
    "daerahistimewayogyakarta": ("diyogyakarta",), "ntb": ("nusatenggarabarat",), "ntt": ("nusatenggaratimur",),
    "kalbar": ("kalimantanbarat",), "kalteng": ("kalimantantengah",), "kalsel": ("kalimantanselatan",),
    "kaltim": ("kalimantantimur",), "kaltara": ("kalimantanutara",), "sulut": ("sulawesiutara",),
    "sulteng": ("sulawesitengah",), "sulsel": ("sulawesiselatan",), "sultra": ("sulawesitenggara",),
    "sulbar": ("sulawesibarat",), "malut": ("malukuutara",), "solo": ("surakarta",), "kukar": ("kutaikartanegara",),
    "kubar": ("kutaibarat",), "kutim": ("kutaitimur",), "ppu": ("penajampaserutara",), "mahulu": ("mahakamulu",),
    "ujungpandang": ("makassar",), "oku": ("ogankomeringulu",), "oki": ("ogankomeringilir",),
    "muba": ("musibanyuasin",), "pali": ("penukalabablematangilir",), "tangsel": ("tangerangselatan",),
    "sitaro": ("kepulauansiautagulandangbiaro",), "pangkep": ("pangkajenedankepulauan",),
    "sidrap": ("sidenrengrappang",), "polman": ("polewalimandar",), "bolmong": ("bolaangmongondow",),
}  # fmt: skip

# Words before a name that say what it is, and the kinds they leave.
KIND_WORDS = {
    "provinsi": ("provinsi",), "prov": ("provinsi",), "propinsi": ("provinsi",),
    "kabupaten": ("kabupaten",), "kab": ("kabupaten",), "kota": ("kota",), "kotamadya": ("kota",),
    "kecamatan": ("kecamatan",), "kec": ("kecamatan",), "distrik": ("kecamatan",), "kapanewon": ("kecamatan",),
    "kemantren": ("kecamatan",), "desa": ("desa", "desa_adat"), "ds": ("desa", "desa_adat"),
    "kelurahan": ("kelurahan",), "kel": ("kelurahan",), "gampong": ("desa",), "nagari": ("desa",),
    "kampung": ("desa", "desa_adat"), "pekon": ("desa",), "kalurahan": ("desa",), "lembang": ("desa",),
    "kute": ("desa",), "tiyuh": ("desa",), "dusun": ("desa",), "kepenghuluan": ("desa",),
}  # fmt: skip

_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_NUMBERS = {word: n for n, word in enumerate(_UNITS)} | {"sepuluh": 10, "sebelas": 11}


def repaired(name: str) -> str:
    """The official name without slips of the source: `Soka"an` lost its apostrophe to a quotation mark."""
    return re.sub(r"\s+", " ", name.replace('"', "'").replace("’", "'").replace("*", "")).strip()


def by_prefix(table: dict[str, str], code: str) -> str | None:
    """The entry of the longest prefix of the code."""
    return next((table[code[:end]] for end in range(len(code), 0, -1) if code[:end] in table), None)


def alias(code: str, name: str) -> str:
    """The name as people write it."""
    if code in ALIASES:
        return ALIASES[code]
    if code.startswith("16.71."):
        return numbered(name)
    return name.replace("Kabupaten Administrasi ", "Kabupaten ").replace("Kota Administrasi ", "Kota ")


def numbered(name: str) -> str:
    """Palembang's spelt-out wards as on their signs: `Tiga-puluh-lima Ilir` is 35 Ilir, `Tiga Empat Ulu` 3-4 Ulu."""
    words = name.replace("-", " ").split()
    bank = next((i for i, word in enumerate(words) if word.lower() in ("ilir", "ulu")), 0)
    figures = _figures([word.lower() for word in words[:bank]])
    if not figures:
        return name
    block = {"satu": "D I", "dua": "D II", "tiga": "D III", "empat": "D IV"}
    rest = [block.get(word.lower(), word) for word in words[bank:]]
    return " ".join(["-".join(map(str, figures)), *rest])


def _figures(words: list[str]) -> list[int]:
    found: list[int] = []
    tens = False
    for word in words:
        if word == "puluh" and found:
            found[-1], tens = found[-1] * 10, True
        elif word == "belas" and found:
            found[-1] += 10
        elif word in _NUMBERS and tens:
            found[-1], tens = found[-1] + _NUMBERS[word], False
        elif word in _NUMBERS:
            found.append(_NUMBERS[word])
        else:
            return []
    return found
