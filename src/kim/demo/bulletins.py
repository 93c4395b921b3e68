"""Invented government information on its way: four packets of four levels, and what the demo's KIM made of them."""

import random
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.accounts.models import Mandate, Person, Role
from kim.accounts.queries import actor_for
from kim.demo import pictures
from kim.demo.people import HOME
from kim.dissemination import actions
from kim.dissemination.models import Assignment, Bulletin, Coverage, Question, Regulation, Target
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.models import Purpose, Upload

CIRCULAR = {
    "region_code": "35.02", "kind": "circular", "number": "14/3241/405.19/2022",
    "title": "Pembentukan dan pemberdayaan Kelompok Informasi Masyarakat",
}  # fmt: skip
# (role, place, days ago, facts): what is true of a real programme stands in its own documents, not here
PACKETS: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    (Role.NATIONAL, "ID", 9, {
        "agency": "Kementerian Contoh", "title": "Cek kesehatan gratis: cara mendaftar di puskesmas", "urgency": "important",
        "body": "Setiap warga bisa memeriksakan kesehatan sekali setahun tanpa biaya.\n\nDatang ke puskesmas pada hari kerja. "
                "Yang sulit berjalan bisa minta dikunjungi kader.",
        "points": ["Gratis, sekali setahun", "Di puskesmas, hari kerja", "Tidak perlu surat pengantar"],
        "meaning": "Kader bisa menyusun giliran per dusun supaya warga tidak menunggu lama.",
        "answers": [["Apakah harus puasa?", "Ya untuk cek gula darah. Datang pagi, minum air putih boleh."]],
        "whatsapp_short": "Cek kesehatan gratis di puskesmas, sekali setahun, hari kerja. Tanpa surat pengantar.",
        "loudspeaker": "Bapak, Ibu. Cek kesehatan gratis di puskesmas. Saya ulangi: gratis, di puskesmas, hari kerja.",
    }),
    (Role.PROVINCE, "35", 6, {
        "agency": "Dinas Pertanian Contoh", "title": "Jadwal dan syarat menebus pupuk bersubsidi", "urgency": "usual",
        "body": "Petani yang terdaftar menebus pupuk di kios resmi. Harga tertulis di papan kios.",
        "points": ["Hanya petani terdaftar", "Bayar sesuai harga di papan kios"],
        "whatsapp_short": "Pupuk bersubsidi ditebus di kios resmi sesuai harga di papan. Belum terdaftar? Tanya penyuluh.",
    }),
    (Role.REGENCY, "35.02", 2, {
        "agency": "Badan Penanggulangan Bencana Contoh", "title": "Waspada tanah bergerak di lereng setelah hujan",
        "urgency": "important", "programme": "Desa tangguh bencana",
        "body": "Hujan lebat diperkirakan turun beberapa hari. Warga di lereng diminta waspada pada malam hari.",
        "points": ["Ada retakan baru: lapor perangkat desa", "Hujan lebih dari dua jam: pindah ke tempat aman"],
        "whatsapp_short": "Hujan lebat beberapa hari ini. Lihat retakan tanah? Segera pindah dan lapor perangkat desa.",
        "loudspeaker": "Perhatian. Kalau hujan lebih dari dua jam, warga lereng pindah ke tempat aman. Sekali lagi, pindah.",
    }),
    (Role.VILLAGE, HOME, 1, {
        "agency": "Pemerintah Desa Contoh", "title": "Musyawarah desa membahas jalan dusun", "urgency": "usual",
        "body": "Warga diundang ke balai desa untuk membahas perbaikan jalan dusun.",
        "points": ["Sabtu pukul 19.30 di balai desa", "Semua warga boleh bicara"],
    }),
)  # fmt: skip
CHANNELS = ("whatsapp", "whatsapp", "meeting", "posyandu", "loudspeaker", "board", "worship", "visit")
RANGES = ((10, 50), (50, 100), (50, 100), (100, 250), (250, 500))
QUESTIONS = ("", "", "", "Apakah boleh diwakilkan?", "Bagaimana kalau belum punya KTP?", "Sampai tanggal berapa?")
# What readers ask about the packet of the ministry: (question, what becomes of it)
ASKED = (
    ("Apakah harus puasa dulu sebelum cek gula?", "answered"), ("Puasanya berapa jam, ya?", "answered"),
    ("Kalau punya BPJS apakah tetap harus daftar?", "passed"), ("Punya BPJS, daftarnya di mana?", "passed"),
    ("Ibu saya sulit berjalan, bisa dikunjungi kader?", "waiting"), ("Puskesmas buka hari Sabtu?", "waiting"),
    ("Promo pinjaman cepat cair tanpa syarat!!!", "crowded"), ("Promo pinjaman cepat cair, klik sekarang!!!", "crowded"),
)  # fmt: skip
THEME = ("Apakah harus puasa, dan berapa lama?", "Hanya untuk cek gula darah: delapan jam. Minum air putih boleh.")


def send(authors: dict[UUID, Person], chance: random.Random) -> None:
    """The packets, brought to every demo KIM of their places, worked by some and not by others."""
    regulation = actions.register(actor=_actor(Role.REGENCY, "35.02"), **CIRCULAR)
    for role, code, days, facts in PACKETS:
        officer = _actor(role, code)
        begun = actions.start(new_id(), agency=facts["agency"], actor=officer)
        due = {"act_by": clock.today() + timedelta(days=12 - days), "valid_until": clock.today() + timedelta(days=90)}
        rests_on = {"regulation_id": regulation.id} if role == Role.REGENCY else {}
        actions.edit(begun.id, fields=facts | due | rests_on, targets=[code], actor=officer)
        if role == Role.NATIONAL:
            _attach(begun.id, facts, officer)
        actions.issue(begun.id, actor=officer)
        actions.carry_on()
        copies = Assignment.objects.filter(bulletin=begun).select_related("kim").order_by("kim__slug")
        for copy in copies:
            _work(copy, authors[copy.kim_id], days, chance)
        if role == Role.NATIONAL:
            _ask(begun, authors[copies.get(region_id=HOME).kim_id], officer)
        _shift(begun.id, days)
        actions.recount(begun.id)


def _attach(bulletin_id: UUID, facts: Mapping[str, Any], officer: Actor) -> None:
    sheet = pictures.leaflet("Yang perlu dibawa", facts["title"], facts["points"])
    for file in (sheet, pictures.scene("posyandu", "Suasana cek kesehatan")):
        actions.attach(bulletin_id, file=file, actor=officer)
    Upload.objects.filter(purpose=Purpose.ATTACHMENT, owner_id=officer.person_id).update(is_demo=True)


def _actor(role: str, code: str) -> Actor:
    hat = Mandate.objects.select_related("person").get(role=role, region_id=code, person__is_demo=True)
    return actor_for(hat.person, hat_id=hat.id)


def _work(copy: Assignment, chair: Person, days: int, chance: random.Random) -> None:
    """How far this KIM came with it; the home KIM has something to do on every rung."""
    actor = actor_for(chair, hat_id=Mandate.objects.get(person=chair, kim_id=copy.kim_id, role=Role.BOARD).id)
    rung = {9: 1.0, 6: 0.5, 2: 0.0, 1: 0.0}[days] if copy.region_id == HOME else chance.random()
    if rung < 0.22:
        return
    actions.open_(copy.id, actor=actor)
    if rung < 0.42:
        return
    if rung < 0.5:
        actions.decline(copy.id, reason="not_here", note="Di desa kami tidak ada lereng.", actor=actor)
    elif rung == 0.5:
        actions.discuss(copy.id, actor=actor)
    else:
        actions.accept(copy.id, actor=actor)
        for _ in range(chance.choice((0, 1, 1, 2)) if rung < 1 else 2):
            _report(copy, actor, days, chance)


def _report(copy: Assignment, actor: Actor, days: int, chance: random.Random) -> None:
    low, high = chance.choice(RANGES)
    fields = {
        "channel": chance.choice(CHANNELS), "held_on": clock.today() - timedelta(days=chance.randrange(days)),
        "place": "Balai desa", "heard_low": low, "heard_high": high, "questions": chance.choice(QUESTIONS),
    }  # fmt: skip
    actions.report(new_id(), copy.id, fields=fields, actor=actor)


def _ask(bulletin: Bulletin, chair: Person, officer: Actor) -> None:
    """Readers of the home village ask; some of it is answered, some waits on each desk."""
    board = actor_for(chair, hat_id=Mandate.objects.get(person=chair, role=Role.BOARD, region_id=HOME).id)
    answered = []
    for text, becomes in ASKED:
        one = new_id()
        actions.ask(one, bulletin.id, region_code=HOME, text=text, is_crowded=becomes == "crowded")
        if becomes in ("passed", "answered"):
            actions.pass_up(one, actor=board)
        if becomes == "answered":
            answered.append(one)
    theme = actions.group(bulletin.id, question=THEME[0], question_ids=answered, actor=officer)
    actions.answer(theme.id, text=THEME[1], actor=officer)


def _shift(bulletin_id: UUID, days: int) -> None:
    """It happened some days ago: the later the rung, the nearer to now."""
    sent = clock.now() - timedelta(days=days)
    Bulletin.objects.filter(id=bulletin_id).update(issued_at=sent, edited_at=sent)
    Target.objects.filter(bulletin_id=bulletin_id).update(issued_at=sent)
    for number, copy in enumerate(Assignment.objects.filter(bulletin_id=bulletin_id).order_by("kim__slug")):
        later = timedelta(hours=2 + (number * 7) % (days * 18 + 1))
        copy.arrived_at = sent
        for name, share in (("opened_at", 0.3), ("decided_at", 0.6), ("spread_at", 1.0)):
            if getattr(copy, name):
                setattr(copy, name, sent + later * share)
        copy.save()


def remove(persons: Iterable[UUID]) -> list[str]:
    """The packets of the demo's offices are gone, with what rests on them; returns the keys the ledger knows them by."""
    found = Bulletin.objects.filter(created_by_id__in=persons)
    keys = [f"bulletin:{one}" for one in found.values_list("id", flat=True)]
    copies = Assignment.objects.filter(bulletin__in=found).values_list("id", flat=True)
    keys += [f"assignment:{one}" for one in copies]
    keys += [f"question:{one}" for one in Question.objects.filter(bulletin__in=found).values_list("id", flat=True)]
    rests_on = list(found.exclude(regulation=None).values_list("regulation_id", flat=True))
    Coverage.objects.filter(assignment__bulletin__in=found).delete()
    found.delete()
    Regulation.objects.filter(id__in=rests_on, bulletins=None).delete()
    return keys + [f"regulation:{one}" for one in rests_on]
