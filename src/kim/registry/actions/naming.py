"""The registry number and the site address of a KIM: given once, one at a time, never twice."""

from itertools import count

from django.conf import settings
from django.db import connection

from kim.kernel import codes, text
from kim.regions.models import DEFAULT_RULES, Region
from kim.regions.queries import rule
from kim.registry.models import Kim

# The first part of every address of the site itself, and names that would mislead as a host name.
WORDS = (
    "account accounts admin akun api aplikasi app arsip aset aspirasi assets bantuan berkas blog cari cdn daftar daftar-kim data demo"
    " desa desa-saya dev dibaca favicon feed ftp galeri hoaks id indonesia info k kabar kabar-terbaru kantor keluar kerja kim kominfo"
    " komponen lacak laporan laporkan layar login logout luring mail manifest masuk media moderasi mx nasional ns panduan panggilan"
    " pasar pelindungan-data pemerintah pengaduan peta petugas produk pusat registrasi resmi robots sehat sertifikat siap sitemap smtp"
    " sso static statistik status sw tentang tersimpan test topik uji unduh unggah wilayah www"
)
RESERVED = frozenset(WORDS.split())
FORMAT_RULE = "registry_number_format"
LONGEST_SLUG = 63  # a label of a host name
LOCK = 7_201_845  # the advisory lock of this module


def name_and_number(kim: Kim) -> None:
    """Give the KIM its number and site address (not saved). Others who name wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    kim.registry_number = kim.registry_number or _next_number(kim.region_id)
    kim.slug = kim.slug or _free_slug(kim.name, kim.region)


def _next_number(region_code: str) -> str:
    local = rule(region_code, FORMAT_RULE).value
    pattern = settings.KIM_REGISTRY_FORMAT if local == DEFAULT_RULES[FORMAT_RULE] else local
    taken = Kim.objects.filter(region_id=region_code, registry_number__isnull=False).count()
    for number in count(taken + 1):
        candidate = pattern.format(code=region_code.replace(".", ""), number=number, sequence=number)
        if not Kim.objects.filter(registry_number=candidate).exists():
            return candidate
    raise AssertionError("unreachable")


def _free_slug(name: str, region: Region) -> str:
    for candidate in _candidates(name, region):
        if candidate not in RESERVED and not Kim.objects.filter(slug=candidate).exists():
            return candidate
    raise AssertionError("unreachable")


def _candidates(name: str, region: Region):
    """`KIM Telaga Ngebel` asks for telaga-ngebel, then with its village, its regency, and a number."""
    spelled = text.search_key(name).removeprefix("kim")
    own = text.slugify(name).removeprefix("kim-") if spelled else f"kim-{region.slug}"
    regency = codes.regency(region.code)
    place = Region.objects.filter(code=regency).values_list("slug", flat=True).first() or regency
    words = [own, f"{own}-{region.slug}", f"{own}-{region.slug}-{place}"]
    for word in words:
        yield word[:LONGEST_SLUG].strip("-")
    for number in count(2):
        yield f"{own[: LONGEST_SLUG - 8].strip('-')}-{number}"
