"""Where the demo plays: villages of the five seed regencies and cities (domain.md 9.1), and what is said there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """The words and pictures that belong to one regency or city."""

    code: str
    villages: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


PONOROGO = Scene(
    "35.02",
    (
        "35.02.20.2004", "35.02.19.2007", "35.02.02.2008", "35.02.01.2010", "35.02.01.2003", "35.02.02.2009",
        "35.02.03.2009", "35.02.04.2009", "35.02.04.2002", "35.02.05.2007", "35.02.05.2009", "35.02.07.2007",
        "35.02.07.2004", "35.02.08.2008", "35.02.08.2006", "35.02.10.2002", "35.02.10.2004", "35.02.20.2008",
        "35.02.19.2003", "35.02.14.2001", "35.02.14.2008",
    ),
    {
        "bupati": ("bupati",),
        "seni": ("reog", "gajah-gajahan", "karawitan", "jaranan"),
        "produk": ("jenang mirah", "dawet", "gethuk golan", "batik merak", "keripik tempe", "kopi bubuk"),
        "produk_scene": ("jenang", "batik", "kopi"),
        "tanaman": ("padi", "jagung", "kopi", "durian", "porang"),
        "ladang": ("kopi", "durian", "sawah"),
        "sungai": ("Kali Slahung", "Sungai Keyang", "saluran Sungkur"),
        "wisata": ("Telaga Ngebel", "bukit di belakang desa", "air terjun kecil di hulu"),
        "dusun": ("Dusun Krajan", "Dusun Tengah", "Dusun Sumber", "Dusun Gading", "Dusun Ngluweng"),
    },
)  # fmt: skip
PALEMBANG = Scene(
    "16.71",
    (
        "16.71.12.1001", "16.71.14.1001", "16.71.12.1005", "16.71.13.1003", "16.71.06.1009", "16.71.02.1006",
        "16.71.10.1002", "16.71.07.1005", "16.71.11.1006", "16.71.08.1002", "16.71.04.1001", "16.71.14.1002",
    ),
    {
        "bupati": ("wali kota",),
        "seni": ("tari tanggai", "dulmuluk", "rebana", "senjang"),
        "produk": ("pempek", "kemplang", "kain jumputan", "selendang songket", "tekwan kering"),
        "produk_scene": ("pempek", "songket"),
        "tanaman": ("sayur kangkung", "cabai", "padi lebak"),
        "ladang": ("sawah", "sungai"),
        "sungai": ("Sungai Musi", "anak Sungai Ogan", "parit kampung"),
        "wisata": ("kampung tepi Musi", "dermaga wisata", "kampung mural"),
        "dusun": ("RW 03", "RW 05", "RW 07", "RT 14", "Lorong Melati"),
    },
)  # fmt: skip
KUBU_RAYA = Scene(
    "61.12",
    (
        "61.12.01.2001", "61.12.01.2004", "61.12.07.2001", "61.12.09.2001", "61.12.03.2002", "61.12.05.2002",
        "61.12.06.2001", "61.12.08.2004",
    ),
    {
        "bupati": ("bupati",),
        "seni": ("hadrah", "jepin", "tundang"),
        "produk": ("stik talas", "kerupuk ikan", "gula kelapa", "olahan lidah buaya", "tikar pandan"),
        "produk_scene": ("anyaman", "amplang"),
        "tanaman": ("padi", "nanas", "jagung", "talas"),
        "ladang": ("sawah", "hutan"),
        "sungai": ("Sungai Kapuas", "parit besar", "Sungai Kakap"),
        "wisata": ("hutan bakau", "muara sungai", "kampung nelayan"),
        "dusun": ("Dusun Melati", "Dusun Karya", "Parit Baru", "Dusun Nelayan", "Dusun Keramat"),
    },
)  # fmt: skip
PONTIANAK = Scene(
    "61.71",
    ("61.71.05.1001", "61.71.01.1006", "61.71.04.1001", "61.71.02.1003", "61.71.06.1002"),
    {
        **KUBU_RAYA.words,
        "bupati": ("wali kota",),
        "produk": ("minuman lidah buaya", "kerupuk basah", "kue lapis", "stik talas"),
        "dusun": ("RW 02", "RW 06", "RW 11", "Gang Mawar", "Gang Kenanga"),
        "wisata": ("tepian Kapuas", "kebun lidah buaya", "kampung tenun"),
    },
)
PANGKAL_PINANG = Scene(
    "19.71",
    (
        "19.71.03.1006", "19.71.04.1001", "19.71.01.1007", "19.71.02.1001", "19.71.05.1005", "19.71.06.1001",
        "19.71.07.1003",
    ),
    {
        "bupati": ("wali kota",),
        "seni": ("dambus", "tari campak", "rudat"),
        "produk": ("getas", "kericu", "kemplang panggang", "lada putih", "kain cual"),
        "produk_scene": ("lada", "pempek"),
        "tanaman": ("lada", "sayur hidroponik", "nanas"),
        "ladang": ("lada", "hutan"),
        "sungai": ("Sungai Rangkui", "kolong bekas tambang", "saluran kota"),
        "wisata": ("Pantai Pasir Padi", "kolong wisata", "hutan kota"),
        "dusun": ("RW 01", "RW 04", "RT 05", "RT 09", "Gang Sepakat"),
    },
)  # fmt: skip
KUTAI_TIMUR = Scene(
    "64.08",
    (
        "64.08.12.2004", "64.08.04.2012", "64.08.12.1002", "64.08.04.2001", "64.08.12.2003", "64.08.09.2001",
        "64.08.13.2001", "64.08.05.2006", "64.08.14.2001", "64.08.02.2002",
    ),
    {
        "bupati": ("bupati",),
        "seni": ("tari hudoq", "tingkilan", "sape"),
        "produk": ("amplang", "madu kelulut", "gula aren", "batik wakaroros"),
        "produk_scene": ("amplang", "madu"),
        "tanaman": ("padi gunung", "pisang kepok", "madu kelulut", "jagung"),
        "ladang": ("madu", "hutan"),
        "sungai": ("Sungai Sangatta", "Sungai Bengalon", "muara"),
        "wisata": ("pantai Teluk Lombok", "hutan desa", "karst di hulu"),
        "dusun": ("Dusun Bina Karya", "RT 07", "RT 12", "Dusun Muara", "Dusun Sidodadi"),
    },
)  # fmt: skip
SCENES = (PONOROGO, PALEMBANG, KUBU_RAYA, PONTIANAK, PANGKAL_PINANG, KUTAI_TIMUR)

# KIM of these names are known in public (domain.md 9.2); every other name here is invented.
KNOWN = {"64.08.12.2004", "64.08.04.2012", "64.08.12.1002", "64.08.04.2001", "35.02.02.2008", "35.02.20.2004"}

EVERYWHERE: dict[str, tuple[str, ...]] = {
    "tempat": ("pasar lama", "SD", "jembatan", "kebun bibit", "masjid", "lapangan", "puskesmas pembantu"),
    "gedung": ("balai desa", "rumah ketua RT", "pos ronda", "aula SD", "teras musala", "rumah baca"),
    "hari": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "jam": ("06.30", "07.00", "07.30", "08.00", "09.00", "13.00", "15.30", "19.30"),
}
FIRST = (
    "Sri", "Hartini", "Suyatno", "Bagus", "Ratna", "Yuliani", "Wahyudi", "Slamet", "Mulyono", "Endang", "Siti", "Rahmat",
    "Hendra", "Dewi", "Rudi", "Maryam", "Jamilah", "Usman", "Kartini", "Agung", "Lestari", "Parno", "Wati", "Fauzan",
    "Nurul", "Darmawan", "Tuti", "Irwan", "Sulastri", "Gunawan", "Halimah", "Yanto", "Rina", "Samsul", "Aminah", "Teguh",
)  # fmt: skip
LAST = (
    "Wulandari", "Prasetyo", "Astuti", "Santoso", "Rahayu", "Setiawan", "Utami", "Hidayat", "Kusuma", "Permana", "Hartono",
    "Anggraini", "Saputra", "Maulana", "Puspita", "Nugroho", "Safitri", "Wibowo", "Handayani", "Firmansyah", "Lestari",
    "Ramadhan", "Suryani", "Wijaya",
)  # fmt: skip
