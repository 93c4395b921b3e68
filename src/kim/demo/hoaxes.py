"""Invented messages that people doubt, in every stage from the first question to the answer that KIM passed on."""

import random
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.models import Mandate, Role
from kim.accounts.queries import actor_for
from kim.clarification import actions
from kim.clarification.models import Claim, Handout, Suggestion
from kim.demo.people import HOME
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.search.models import Document

OFFICE = "35.02"
CHANNELS = ("whatsapp", "whatsapp", "meeting", "loudspeaker", "board", "visit")
# (message, stage, answer): invented, and said so in every agency's name
MESSAGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "Info penting!! Mulai bulan depan semua warga yang tidak punya kartu sehat didenda 500 ribu dan tidak bisa mengurus "
        "surat di kantor desa. Sebarkan sebelum terlambat.",
        "answered",
        {
            "verdict": "false", "title": "Warga tanpa kartu sehat didenda mulai bulan depan",
            "gist": "Tidak ada denda. Surat desa tetap bisa diurus tanpa kartu sehat.",
            "explanation": "Kami bertanya kepada dinas yang mengurus kartu itu. Aturan denda seperti dalam pesan tidak ada.\n\n"
                           "Pesan serupa pernah beredar di daerah lain dengan angka yang berbeda.",
        },
    ),
    (
        "Foto jembatan putus tadi malam, jalan ke kota tidak bisa dilewati sama sekali, hindari sampai seminggu ke depan.",
        "answered",
        {
            "verdict": "misleading", "title": "Jembatan ke kota putus tadi malam",
            "gist": "Fotonya kejadian lama. Jembatan bisa dilewati, hanya ditutup dua jam untuk perbaikan.",
            "explanation": "Gambar yang sama sudah terbit bertahun-tahun lalu. Petugas jalan membenarkan ada perbaikan kecil.",
        },
    ),
    (
        "Posyandu bulan ini buka dua kali, tanggal 5 dan tanggal 19, semua anak balita bisa ditimbang gratis di balai desa.",
        "answered",
        {
            "verdict": "true", "title": "Posyandu bulan ini buka dua kali",
            "gist": "Posyandu buka tanggal 5 dan 19 di balai desa, tanpa biaya.",
            "explanation": "Jadwalnya sesuai dengan papan pengumuman puskesmas.",
        },
    ),
    (
        "Katanya ada petugas gadungan minta kode OTP dengan alasan pendataan bantuan pupuk, dia datang ke rumah pakai rompi.",
        "sent",
        {},
    ),
    (
        "Air sumur di lereng berbau belerang, pertanda gunung akan meletus dalam tiga hari, warga disuruh mengungsi sekarang.",
        "checked",
        {},
    ),
    (
        "Pendaftaran kerja di pabrik baru dibuka, cukup kirim foto KTP dan transfer uang seragam, kuota hampir habis.",
        "asked",
        {},
    ),
)  # fmt: skip
EVIDENCE = [["https://contoh.invalid/penjelasan", "Penjelasan resmi (contoh)"]]
POINTS = {
    "source": ("differs", "Tidak ada nama pengirim pertama"), "date": ("unknown", "Tidak bertanggal"),
    "place": ("fits", "Benar ditanyakan di dusun kami"), "official": ("unknown", "Belum ada pengumuman"),
}  # fmt: skip


def ask(chance: random.Random) -> None:
    """The messages, asked about in several demo villages, checked by the home KIM, answered and passed on."""
    villages = sorted(set(Mandate.objects.filter(role=Role.BOARD, region__code__startswith=OFFICE, person__is_demo=True)
                          .values_list("region_id", flat=True)))  # fmt: skip
    board, officer = _hat(Role.BOARD, HOME), _hat(Role.REGENCY, OFFICE)
    for number, (message, stage, answer) in enumerate(MESSAGES):
        places = [HOME, *chance.sample(villages, k=min(len(villages), 2 + number))]
        reports = [actions.ask(new_id(), region_code=place, text=message, actor=ANONYMOUS) for place in places]
        claim_id = reports[0].claim_id
        Claim.objects.filter(id=claim_id).update(is_demo=True)
        if stage != "asked":
            actions.check(
                claim_id, points=POINTS, note="Warga RT 02 menerima pesan ini dari grup keluarga.", actor=board
            )
        if stage in ("sent", "answered"):
            actions.send(claim_id, actor=board)
        if answer:
            known = {"agency": "Diskominfo Ponorogo (contoh)", "evidence": EVIDENCE}
            actions.judge(claim_id, fields=known | answer, actor=officer)
    actions.carry_on()
    _pass_on(chance)
    _suggest()


def _hat(role: str, code: str) -> Actor:
    hat = (
        Mandate.objects.select_related("person")
        .filter(role=role, region_id=code, person__is_demo=True)
        .order_by("id")[0]
    )
    return actor_for(hat.person, hat_id=hat.id)


def _pass_on(chance: random.Random) -> None:
    """Two of three KIM passed it on; the home KIM has still to do it for the newest."""
    for handout in Handout.objects.filter(claim__is_demo=True).exclude(region_id=HOME).order_by("claim", "kim__slug"):
        hat = (
            Mandate.objects.select_related("person")
            .filter(kim_id=handout.kim_id, role=Role.BOARD)
            .order_by("id")
            .first()
        )
        if hat is not None and chance.random() < 0.66:
            actor = actor_for(hat.person, hat_id=hat.id)
            for channel in sorted({chance.choice(CHANNELS), chance.choice(CHANNELS)}):
                fields = _heard(chance) | {"channel": channel}
                actions.spread(new_id(), handout.id, fields=fields, actor=actor)
    for claim in Claim.objects.filter(is_demo=True).exclude(version=0).order_by("id"):
        actions.recount(claim.id)


def _heard(chance: random.Random) -> dict[str, object]:
    low, high = chance.choice(((10, 50), (50, 100), (100, 250)))
    told = {"place": "Balai desa", "questions": "", "is_counted": False, "heard_low": low, "heard_high": high}
    return {"held_on": clock.today(), **told}


def _suggest() -> None:
    """One thing a fact-checker outside might have published."""
    Suggestion.objects.create(
        guid="contoh-1", checker="Pemeriksa fakta (contoh)", title="[SALAH] Garam dapur menyembuhkan demam berdarah",
        claim_text="Minum air garam tiga gelas sehari menyembuhkan demam berdarah tanpa perlu ke puskesmas.",
        fact="Tidak ada penelitian yang mendukung. Demam berdarah perlu diperiksa di puskesmas.", verdict="false",
        url="https://contoh.invalid/cek-fakta/1",
    )  # fmt: skip


def remove(persons: Iterable[UUID]) -> list[str]:
    """The demo's claims are gone with everything of them; returns the keys the ledger knows them by."""
    people = list(persons)
    theirs = Q(answers__by__in=people) | Q(checks__by__in=people) | Q(reports__person__in=people)
    claims = Claim.objects.filter(Q(is_demo=True) | theirs).distinct()
    keys = [f"clarification:{one}" for one in claims.values_list("id", flat=True)]
    keys += [
        f"suggestion:{one}"
        for one in Suggestion.objects.filter(guid__startswith="contoh-").values_list("id", flat=True)
    ]
    Document.objects.filter(key__in=keys).delete()
    Suggestion.objects.filter(guid__startswith="contoh-").delete()
    Claim.objects.filter(id__in=[key.partition(":")[2] for key in keys if key.startswith("clarification:")]).delete()
    return keys
