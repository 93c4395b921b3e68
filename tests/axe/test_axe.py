"""No page hurts: axe finds nothing serious on a phone and on a desk, by day and by night.

Every page is looked at on a phone by day and on a desk by night; the first page of each frame in the other two looks too.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from browser import DESK, PHONE, Visitor
from kim.aspirations.queries.phones import stop_word
from kim.clarification.queries import secret_of
from kim.config import tasks
from kim.evaluation.actions import recount
from world import SECRET, World, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SERIOUS = ("serious", "critical")
EVERYTHING = {"resultTypes": ["violations"]}
LOOKS = [(PHONE, "light"), (DESK, "dark")]
OTHER_LOOKS = [(PHONE, "dark"), (DESK, "light")]
FRAMES = ("/", "/kerja/", "/kantor/", "/masuk/", "/aspirasi/", "/lacak/")
AXE = Axe()

PUBLIC = [
    "/", "/kabar/", "/kabar/topik/kegiatan-desa/", "/kim/", "/cari/", "/cari/?q=kerja+bakti", "/cari/?q=xyzzy", "/desa-saya/",
    "/tentang/", "/pelindungan-data/", "/panduan/", "/wilayah/", "/wilayah/?q=bangunsari", "/wilayah/35.02/", "/wilayah/{village}/",
    "/wilayah/35.02/daftar/", "/{slug}/", "/{slug}/kabar/", "/{slug}/kabar/{out}/", "/{slug}/kabar/{out}/cetak/",
    "/{slug}/kabar/{out}/versi/1/", "/{slug}/kabar/{gone}/", "/k/{short}/bagikan/", "/k/{short}/siaran/",
    "/k/{short}/lembar-besar/", "/layar/{village}/", "/sertifikat/{number}/", "/tidak-ada/", "/masuk/", "/masuk/kode/",
    "/hoaks/", "/hoaks/?q=kabar", "/hoaks/tanya/", "/hoaks/lacak/", "/hoaks/lacak/{ticket}/{ticket_secret}/", "/hoaks/{answered}/",
    "/hoaks/{answered}/versi/1/", "/hoaks/{taken_back}/", "/hoaks/lacak/{told}/{told_secret}/",
    "/info/", "/info/?wilayah={village}", "/info/{packet}/", "/info/{packet_gone}/", "/k/{packet}/bagikan/", "/k/h-{answered}/bagikan/",
    "/k/h-{answered}/siaran/", "/k/h-{answered}/lembar-besar/",
    "/masuk/petugas/", "/daftar-kim/", "/daftar-kim/lanjut/", "/info/{packet_code}/tanya/", "/info/tanya/{secret}/",
    "/aspirasi/", "/aspirasi/?desa={village}", "/aspirasi/wilayah/{village}/", "/aspirasi/angka/{village}/",
    "/aspirasi/angka/35.02/", "/lacak/", "/lacak/{spoken}/", "/lacak/{spoken}/kabar/{stop_word}/",
    "/laporkan/", "/laporkan/?kode=ABCD", "/laporkan/article/{published}/", "/laporkan/kim/{kim}/", "/moderasi/",
]  # fmt: skip
DESK_OF_A_KIM = [
    "/kerja/", "/kerja/kabar/", "/kerja/tulis/", "/kerja/bahas/", "/kerja/papan/", "/kerja/kabar/{draft}/", "/kerja/kabar/{draft}/tulis/",
    "/kerja/kabar/{draft}/bahasa/", "/kerja/kabar/{draft}/riwayat/", "/kerja/kabar/{draft}/riwayat/2/",
    "/kerja/kabar/{discussed}/bahas/", "/kerja/kabar/{decided}/periksa/", "/kerja/kabar/{published}/",
    "/kerja/kabar/{published}/ralat/", "/kerja/kabar/{published}/hak-jawab/", "/kerja/kabar/{published}/tarik/",
    "/kerja/kim/", "/kerja/kim/profil/", "/kerja/kim/anggota/", "/kerja/kim/anggota/{row}/undang/",
    "/kerja/kim/anggota/{row}/berhenti/", "/kerja/kim/pengurus/", "/kerja/kim/pengurus/{seat}/ganti/", "/kerja/kim/sk/",
    "/kerja/info/", "/kerja/info/?tahap=selesai", "/kerja/info/{copy_arrived}/", "/kerja/info/{copy_discussed}/",
    "/kerja/info/{copy_spread}/", "/kerja/info/{copy_spread}/lapor/", "/kerja/info/pertanyaan/",
    "/kerja/info/pertanyaan/?tahap=ramai", "/kerja/info/pertanyaan/{question}/",
    "/kerja/aspirasi/baru/", "/akun/suara/", "/akun/suara/{voice_own}/", "/akun/suara/{voice_carried}/",
    "/kerja/aspirasi/", "/kerja/aspirasi/?tumpukan=ditangani", "/kerja/aspirasi/diteruskan/", "/kerja/aspirasi/{voice_new}/",
    "/kerja/aspirasi/{voice_handled}/", "/kerja/aspirasi/{voice_confidential}/", "/kerja/aspirasi/{voice_regency}/",
    "/kerja/hoaks/", "/kerja/hoaks/klarifikasi/", "/kerja/hoaks/{claim_checked}/", "/kerja/hoaks/{claim_answered}/",
    "/kerja/hoaks/{claim_answered}/sebar/", "/kerja/hoaks/{claim_checked}/gabung/", "/kerja/hoaks/{claim_folded}/",
    "/kerja/laporan/", "/kerja/laporan/{case}/",
    "/kantor/", "/akun/", "/akun/kabar/", "/akun/pin/", "/akun/kode/{member}/", "/akun/berhenti/",
]  # fmt: skip
OFFICE = [
    "/kantor/", "/kantor/cakupan/", "/kantor/verifikasi/", "/kantor/verifikasi/{waiting}/", "/kantor/kim/",
    "/kantor/kim/{kim}/", "/kantor/kabar/", "/kantor/kabar/{reviewed}/", "/kantor/impor/", "/kantor/impor/{batch}/",
    "/kantor/impor/{batch}/kolom/", "/kantor/petugas/", "/kantor/saluran/", "/akun/kabar/", "/akun/petugas/", "/kantor/kabar/{draft}/",
    "/kantor/info/", "/kantor/info/{packet_sketch}/", "/kantor/info/{packet_sketch}/tulis/", "/kantor/info/{packet_waiting}/",
    "/kantor/info/{packet_spread}/", "/kantor/info/{packet_spread}/betulkan/", "/kantor/info/{packet_spread}/versi/1/",
    "/kantor/info/?mendesak=usual", "/kantor/info/{packet_spread}/jangkauan/",
    "/kantor/info/{packet_spread}/ingatkan/", "/kantor/info/cek-ulang/", "/kantor/info/peraturan/",
    "/kantor/info/dari-usulan/{item}/", "/kantor/info/pertanyaan/", "/kantor/info/{packet_public}/pertanyaan/",
    "/kantor/info/{packet_public}/pertanyaan/{theme}/",
    "/kantor/aspirasi/", "/kantor/aspirasi/diteruskan/", "/kantor/aspirasi/{voice_regency}/", "/kantor/opd/", "/kantor/libur/",
    "/kantor/hoaks/", "/kantor/hoaks/{claim_sent}/", "/kantor/hoaks/{claim_sent}/putuskan/", "/kantor/hoaks/{claim_answered}/",
    "/kantor/hoaks/{claim_answered}/aduan/", "/kantor/hoaks/{claim_answered}/jangkauan/", "/kantor/hoaks/cek-ulang/",
    "/kantor/hoaks/{claim_folded}/", "/kantor/hoaks/{claim_asked}/", "/kerja/hoaks/{claim_sent}/gabung/",
    "/kantor/hoaks/usulan/",
    "/kantor/laporan/", "/kantor/laporan/?rak=selesai", "/kantor/laporan/{case}/",
    "/kantor/sumber/", "/kantor/sumber/tambah/", "/kantor/sumber/usulan/", "/kantor/sumber/usulan/{item}/",
]  # fmt: skip
# Pages that say no are pages too.
REFUSALS = {
    "/tidak-ada/": 404,
    "/info/{packet_gone}/": 410,
    "/{slug}/kabar/{gone}/": 410,
    "/hoaks/{taken_back}/": 410,
    "/laporkan/?kode=ABCD": 404,
    "/kantor/kabar/{draft}/": 404,
}


@pytest.fixture
def world() -> World:
    made = build()
    tasks.carry_errands()
    recount()
    return made


def filled(path: str, world: World) -> str:
    here = world.ponorogo
    texts = {stage: text.pk for stage, text in here.texts.items()}
    tails = {
        name: f"{here.texts[s].slug}-{here.texts[s].short_code}"
        for name, s in (("out", "published"), ("gone", "unpublished"))
    }
    packets = {f"packet_{name}": one.pk for name, one in here.packets.items()}
    packets |= {"packet": here.packets["spread"].short_code, "packet_gone": here.packets["back"].short_code}
    copies = {f"copy_{name}": one.pk for name, one in here.copies.items()}
    voices = {f"voice_{name}": one.pk for name, one in here.voices.items()}
    claims = {f"claim_{name}": one.pk for name, one in here.claims.items()}
    told = here.claims["answered"].reports.get()
    tickets = {
        "ticket": here.ticket.number, "ticket_secret": secret_of(here.ticket), "told": told.number, "told_secret": secret_of(told),
        "answered": here.claims["answered"].code, "taken_back": here.claims["withdrawn"].code,
    }  # fmt: skip
    fillings = {**texts, **tails, **packets, **copies, **claims, **voices, **tickets}
    return path.format(
        slug=here.kim.slug, kim=here.kim.pk, village=here.village, number=here.kim.registry_number, batch=here.batch.pk, item=here.item.pk,
        spoken=here.voice.number, stop_word=stop_word(here.voice.pk),
        case=here.case.pk,
        waiting=here.waiting_decree.pk, member=world.people["anggota"].pk,
        row=here.member.pk, seat=here.seat.pk, short=here.texts["published"].short_code,
        packet_code=here.packets["public"].short_code, secret=here.secret, question=here.questions["waiting"].pk, theme=here.theme.pk,
        **fillings,
    )  # fmt: skip


def violations(who: Visitor, path: str, status: int = 200) -> list[str]:
    """What axe says of one page, each a line with the element."""
    answer = who.page.goto(path)
    assert answer.status == status, f"{path}: {answer.status}"
    return standing(who, [*LOOKS, *(OTHER_LOOKS if path in FRAMES else [])])


def standing(who: Visitor, looks: list[tuple[dict, str]] = LOOKS) -> list[str]:
    """What axe says of the page that is open."""
    found = []
    for viewport, scheme in looks:
        who.page.set_viewport_size(viewport)
        who.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for broken in AXE.run(who.page, options=EVERYTHING).response["violations"]:
            if broken["impact"] in SERIOUS:
                look = f"{viewport['width']} {scheme}"
                found += [f"{who.path} ({look}) {broken['id']}: {node['html'][:160]}" for node in broken["nodes"][:3]]
    return found


@pytest.mark.parametrize(
    ("role", "pages"),
    [("", PUBLIC), ("pengurus", DESK_OF_A_KIM), ("kab", OFFICE)],
    ids=["everybody", "a KIM", "an office"],
)
def test_axe_finds_nothing_serious(role, pages, visit, world):
    who = visit(role or "warga")
    if role:
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": world.sessions[role],
            "domain": "localhost",
            "path": "/",
        }
        who.context.add_cookies([cookie])
    told = REFUSALS | ({"/kantor/": 403} if role == "pengurus" else {})
    found = [line for path in pages for line in violations(who, filled(path, world), told.get(path, 200))]
    assert found == []


def test_axe_sees_what_is_wrong(visit):
    who = visit("pengukur").opens("/sehat/")
    who.page.set_content(
        '<html lang="id"><title>Uji</title><main><img src="data:,"><p style="color:#ddd">Pudar</p></main>'
    )
    found = AXE.run(who.page, options=EVERYTHING).response["violations"]
    assert {"image-alt", "color-contrast"} <= {broken["id"] for broken in found}


def test_axe_finds_nothing_serious_on_the_steps_of_a_registration(visit, world):
    who = visit("pendaftar").opens("/daftar-kim/")
    found = violations(who, "/daftar-kim/")
    who.fills("Nama Anda", "Rahma Contoh").fills("Nomor HP Anda", "081234567891").presses("Mulai mendaftar")
    begun = who.path.removesuffix("kode/")
    for step in ("kode/", "", "desa/", "tentang/", "pengurus/", "sk/", "periksa/"):
        found += violations(who, f"{begun}{step}")
    assert found == []


def test_axe_finds_nothing_serious_on_the_steps_of_a_voice(visit, world):
    """Pages that only a form leads to are looked at as they stand."""
    who = visit("pelapor").opens(f"/aspirasi/?desa={world.ponorogo.village}")
    who.page.check("input[value=complaint]")
    who.fills("Ceritakan", "Jalan ke pasar berlubang, hubungi 081234567890.").presses("Lanjut")
    found = standing(who)
    who.presses("Lanjut")
    found += standing(who)
    who.page.check("input[value=anonymous]")
    who.presses("Kirim")
    found += standing(who)
    code = who.page.input_value("input[name=kode] >> nth=0")
    who.opens(f"/lacak/{world.ponorogo.voice.number}/").fills("Kode rahasia", SECRET).presses("Buka")
    assert len(code) == len(SECRET)
    assert found + standing(who) == []
