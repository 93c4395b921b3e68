"""Invented voices on the desks of the demo: waiting, handled, late, passed on, answered, confidential."""

from datetime import timedelta
from typing import Any

from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.models import Agency, Mandate, Role
from kim.accounts.queries import actor_for
from kim.aspirations import actions
from kim.aspirations.models import Aspiration
from kim.aspirations.policies import Desk
from kim.demo.people import HOME
from kim.kernel import clock, ticket
from kim.kernel.ids import new_id

REGENCY = HOME[:5]
NEIGHBOUR = "35.02.19.2007"
ROUTES = (("road", "Dinas Pekerjaan Umum Contoh"), ("farm", "Dinas Pertanian Contoh"))
# (village, working days ago or so, how far it came, facts)
VOICES: tuple[tuple[str, int, str, dict[str, Any]], ...] = (
    (HOME, 0, "new", {"kind": "complaint", "category": "light", "place": "Dekat pos ronda Dusun Krajan",
        "text": "Lampu jalan di depan pos ronda mati sejak minggu lalu. Anak-anak pulang mengaji lewat situ.",
        "reporter_name": "Ibu Contoh"}),
    (HOME, 2, "new", {"kind": "wish", "category": "school", "privacy": "anonymous",
        "text": "Mohon taman baca dibuka juga hari Minggu supaya anak yang bekerja bisa ikut."}),
    (HOME, 6, "late", {"kind": "complaint", "category": "water", "place": "Saluran Sungkur",
        "text": "Saluran irigasi tersumbat sampah, sawah di hilir kering. Sudah dua kali bilang ke pengurus.",
        "reporter_name": "Pak Tani Contoh", "reporter_phone": "+6281200008101"}),
    (HOME, 5, "handled", {"kind": "complaint", "category": "waste",
        "text": "Sampah menumpuk di ujung jembatan. Kalau hujan hanyut ke sungai.", "reporter_name": "Warga Contoh"}),
    (HOME, 5, "asked", {"kind": "request", "category": "aid",
        "text": "Bagaimana cara mendaftar bantuan beras untuk orang tua yang tinggal sendiri?"}),
    (HOME, 3, "new", {"kind": "complaint", "category": "service", "privacy": "secret",
        "text": "Ada pungutan waktu mengurus surat. Saya takut kalau nama saya diketahui.", "reporter_name": "Warga Contoh"}),
    (HOME, 9, "agency", {"kind": "complaint", "category": "road", "place": "Jalan ke pasar lama",
        "text": "Jalan kabupaten ke pasar lama berlubang besar. Sudah ada yang jatuh.", "reporter_name": "Bu Pasar Contoh"}),
    (HOME, 12, "answered", {"kind": "complaint", "category": "road", "place": "Gang Kenanga",
        "text": "Jembatan kayu di gang lapuk dan bergoyang kalau dilewati motor.", "reporter_name": "Pak Contoh"}),
    (NEIGHBOUR, 4, "regency", {"kind": "wish", "category": "farm",
        "text": "Minta penyuluh datang, padi kami menguning padahal baru sebulan.", "reporter_name": "Kelompok Tani Contoh"}),
)  # fmt: skip


def speak() -> None:
    """The agencies' routes, and each voice as far as it came."""
    regency = acting(Role.REGENCY, REGENCY)
    for category, name in ROUTES:
        agency = Agency.objects.get(region_id=REGENCY, name=name)
        actions.route(region=REGENCY, category=category, agency_id=agency.id, actor=regency)
    for village, days, stage, facts in VOICES:
        made = _submit(village, days, facts)
        _walk(made, stage, regency)
        if stage in ("handled", "asked", "answered"):
            _date_back(made, days)
    actions.recount()


def _submit(village: str, days: int, facts: dict[str, Any]) -> Aspiration:
    written = clock.now() - timedelta(days=days, hours=2)
    fields = facts | {"region": village, "is_demo": True}
    made = actions.submit(new_id(), fields=fields, secret=ticket.new_secret(), captured_at=written, actor=ANONYMOUS)
    Aspiration.objects.filter(id=made.id).update(received_at=written)
    return made


def _walk(made: Aspiration, stage: str, regency: Actor) -> None:
    """What its desks did so far. What is late waits for the clock, which passes it up while one looks on."""
    head = acting(Role.VILLAGE, HOME) if made.region_id == HOME else None
    if head and stage in ("handled", "asked", "answered"):
        actions.accept(made.id, actor=head)
    if head and stage == "handled":
        actions.follow_up(made.id, text="Kerja bakti membersihkannya Sabtu pagi.", actor=head)
    if head and stage == "asked":
        actions.ask_back(made.id, text="Beliau tinggal di dusun mana? Kami datangi.", actor=head)
    if head and stage == "answered":
        words = "Papan jembatan sudah diganti warga bersama pemuda dusun."
        actions.publish(made.id, public_text=made.text, actor=head)
        actions.answer(made.id, text=words, outcome="done", is_public=True, actor=head)
    if head and stage == "agency":
        dinas = Agency.objects.get(region_id=REGENCY, name="Dinas Pekerjaan Umum Contoh")
        actions.escalate(made.id, to=Desk(REGENCY, dinas.id), reason="Ini jalan kabupaten.", actor=head)
    if stage == "regency":
        Aspiration.objects.filter(id=made.id).update(alarm_at=clock.now())  # its village has nobody to take it


def _date_back(made: Aspiration, days: int) -> None:
    """It happened in time, some days ago: taken the day after it was written, and the last thing done two days after that."""
    written = clock.now() - timedelta(days=days, hours=2)
    taken, done = written + timedelta(days=1), written + timedelta(days=3)
    made.answers.update(at=done)
    made.handlings.update(is_late=False)
    made.handlings.exclude(accepted_at=None).update(accepted_at=taken)
    made.handlings.exclude(until=None).update(until=done, days=2)
    if made.handlings.filter(ending="answered").exists():
        Aspiration.objects.filter(id=made.id).update(answered_at=done)


def acting(role: str, code: str) -> Actor:
    hat = Mandate.objects.select_related("person").get(role=role, region_id=code, person__is_demo=True)
    return actor_for(hat.person, hat_id=hat.id)


def remove() -> list[str]:
    """The voices are gone, and the agencies after them; returns the keys the ledger knows them by."""
    found = Aspiration.objects.filter(is_demo=True)
    keys = [f"aspiration:{one}" for one in found.values_list("id", flat=True)]
    keys += [f"agency:{one}" for one in Agency.objects.filter(is_demo=True).values_list("id", flat=True)]
    found.delete()
    actions.recount()
    return keys


def remove_agencies() -> None:
    """After the people who worked there."""
    Agency.objects.filter(is_demo=True).delete()
