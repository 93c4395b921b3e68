"""The dry run, the corrections, and the writing."""

import pytest
from django.db import DataError

from importing.factories import (
    BANGUNSARI,
    KENITEN,
    NGEBEL,
    SELUR,
    TAMBAKMAS_MADIUN,
    WATES_JENANGAN,
    book_of,
    brought,
    messy_book,
    officer,
    uploaded,
)
from kim.accounts.models import Mandate, Person, Role
from kim.config.wiring import tell
from kim.importing import actions, queries
from kim.importing.models import Batch, Row
from kim.importing.workflow import WORKFLOW, Outcome, Stage
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from kim.ledger.queries import timeline
from kim.registry.models import Decree, Kim, Member, Position
from kim.registry.queries import member_count
from kim.registry.workflow import DecreeStage
from kim.registry.workflow import Stage as KimStage
from registry.factories import decree, kim

pytestmark = pytest.mark.django_db
HEAD = ["Nama KIM", "Desa", "Kecamatan", "Ketua", "No HP", "Nomor SK", "Tanggal SK"]


def fate(batch: Batch) -> dict[str, str]:
    return {row.plan["name"]: row.outcome for row in batch.rows.exclude(outcome=Outcome.IGNORED)}


def only(batch: Batch) -> Row:
    return batch.rows.get()


def problem(*cells: object, head: list[str] = HEAD) -> str:
    row = only(brought(officer(), book_of(head, list(cells))))
    assert row.outcome == Outcome.ERROR, (row.outcome, row.plan)
    return " ".join(found["text"] for found in row.problems)


def written(who, batch: Batch) -> Batch:
    actions.confirm(batch.id, actor=who)
    while actions.carry_on():
        pass
    batch.refresh_from_db()
    return batch


def test_a_messy_list_is_understood_and_nothing_is_written():
    batch = brought(officer(), messy_book())
    assert fate(batch) == {
        "KIM Telaga Contoh": "new", "KIM Selur Jaya": "new", "KIM Keniten Asri": "new",
        "KIM Salah Tanggal": "error", "KIM Tanpa Desa": "error",
    }  # fmt: skip
    assert batch.counts == {"new": 3, "error": 2, "ignored": 4}
    assert batch.other_sheets == ["Sampul"]
    assert not Kim.objects.exists()


def test_confirmed_rows_become_registered_kim_with_everything_the_list_says():
    who = officer()
    batch = written(who, brought(who, messy_book()))
    assert (batch.stage, batch.counts) == (Stage.DONE, {"written": 3, "error": 2, "ignored": 4})
    one = Kim.objects.get(region_id=BANGUNSARI)
    assert one.stage == KimStage.REGISTERED
    assert one.registry_number == "KIM-3502171008-01"
    assert (one.slug, one.secretariat) == ("telaga-contoh", "Jl. Contoh 1")
    paper = one.decrees.get()
    assert (paper.number, str(paper.issued_on), str(paper.valid_until)) == (
        "489/07/401.403.6/2014",
        "2022-01-12",
        "2027-01-12",
    )
    assert paper.stage == DecreeStage.ACCEPTED
    assert dict(one.seats.values_list("position", "name")) == {"chair": "Sari Contoh, S.Pd", "secretary": "Budi Contoh"}
    chair = one.members.get(name="Sari Contoh, S.Pd")
    assert chair.phone == "+6281234567890"
    assert Mandate.objects.get(person=chair.person).kim_id == one.id
    assert one.members.count() == 2
    entry = timeline(one.key).get(verb="kim.imported")
    assert entry.data["list"] == str(batch.id) and entry.person_id == who.person_id
    assert {kim.region_id for kim in Kim.objects.all()} == {BANGUNSARI, SELUR, KENITEN}
    assert str(Kim.objects.get(region_id=KENITEN).decrees.get().issued_on) == "2022-01-12"


def test_a_reported_number_of_members_counts_while_fewer_are_written_down():
    who = officer()
    rows = "Nama KIM;Desa;Kecamatan;Ketua;Jumlah anggota\nKIM Angka;Bangunsari;Ponorogo;Sari Contoh;15 orang\n"
    written(who, brought(who, rows.encode(), "angka.csv"))
    one = Kim.objects.get(name="KIM Angka")
    assert (one.members.count(), member_count(one)) == (1, 15)
    Member.objects.bulk_create(Member(kim=one, name=f"Anggota {n}") for n in range(20))
    assert member_count(one) == 21


def test_the_same_file_again_is_the_list_already_here():
    who = officer()
    batch = written(who, brought(who, messy_book()))
    entries = Entry.objects.count()
    again, is_new = actions.upload(actor=who, name="lain.xlsx", sha256=batch.sha256, sheets=[])
    assert (again.id, is_new) == (batch.id, False)
    assert Entry.objects.count() == entries


def test_the_same_rows_in_another_file_change_nothing():
    who = officer()
    written(who, brought(who, messy_book()))
    before = list(Kim.objects.order_by("id").values())
    second = brought(who, messy_book() + b" ", "salinan.xlsx")
    assert second.counts == {"skip": 3, "error": 2, "ignored": 4}
    with pytest.raises(NotAllowed, match="Belum ada baris"):
        actions.confirm(second.id, actor=who)
    assert list(Kim.objects.order_by("id").values()) == before


def test_confirming_twice_writes_once():
    who = officer()
    batch = brought(who, messy_book())
    actions.confirm(batch.id, actor=who)
    actions.confirm(batch.id, actor=who)
    assert actions.carry_on() == 3
    assert actions.carry_on() == 0
    actions.confirm(batch.id, actor=who)
    assert Kim.objects.count() == 3
    assert timeline(batch.key).filter(verb="import.confirmed").count() == 1


def test_two_lists_confirmed_with_the_same_kim_register_it_once():
    who = officer()
    first, second = brought(who, messy_book()), brought(who, messy_book() + b" ")
    actions.confirm(first.id, actor=who)
    actions.confirm(second.id, actor=who)
    actions.carry_on()
    assert Kim.objects.count() == 3
    second.refresh_from_db()
    assert second.stage == Stage.DONE and second.counts["skip"] == 3


def test_a_wrong_cell_is_put_right_in_place_and_written_later():
    who = officer()
    batch = written(who, brought(who, messy_book()))
    row = batch.rows.get(plan__name="KIM Salah Tanggal")
    assert {one["column"] for one in row.problems} == {"decree_date", "phone"}
    row = actions.correct(batch.id, row.number, actor=who, values={"decree_date": "31 Mei 2020", "phone": ""})
    assert row.outcome == Outcome.NEW
    batch = written(who, Batch.objects.get())
    assert batch.counts == {"written": 4, "error": 1, "ignored": 4}
    assert Decree.objects.filter(number="5/2020", issued_on="2020-05-31").exists()
    with pytest.raises(NotAllowed, match="sudah ditulis"):
        actions.correct(batch.id, row.number, actor=who, values={"kim_name": "KIM Lain"})


def test_names_that_mean_several_villages_offer_the_choice():
    who = officer()
    batch = brought(who, book_of(HEAD, ["KIM Wates", "Desa Wates"]))
    row = only(batch)
    assert [choice[0] for choice in row.problems[0]["choices"]] == ["35.02.01.2008", WATES_JENANGAN]
    row = actions.correct(batch.id, row.number, actor=who, values={"code": WATES_JENANGAN})
    assert (row.outcome, row.plan["village"][:10]) == (Outcome.NEW, "Desa Wates")
    written(who, batch)
    assert Kim.objects.get().region_id == WATES_JENANGAN


def test_a_kecamatan_decides_between_equal_names():
    who = officer()
    batch = written(
        who, brought(who, book_of(HEAD, ["KIM Wates", "Wates", "Kec. Jenangan"], ["KIM W", "Wates Kec Slahung"]))
    )
    assert {kim.region_id for kim in Kim.objects.all()} == {WATES_JENANGAN, "35.02.01.2008"}
    assert batch.counts == {"written": 2}


def test_a_misspelt_village_is_suggested_never_guessed():
    batch = brought(officer(), book_of(HEAD, ["KIM N", "Ngebell"]))
    assert only(batch).problems[0]["choices"] == [[NGEBEL, "Desa Ngebel, Kec. Ngebel, Kab. Ponorogo, Jawa Timur"]]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["KIM X", "Tambakmas"], "tidak ketemu di Kabupaten Ponorogo"),
        (["KIM X", TAMBAKMAS_MADIUN], "di luar wilayah Anda"),
        (["KIM X", "Tambakmas Kab. Madiun"], "kabupaten/kota lain"),
        (["KIM X", "35.02.99.1001"], "tidak ada di daftar wilayah"),
        (["KIM X", "Ngebel", "Slahung"], "bukan di kecamatan itu"),
        (["KIM", "Ngebel"], "Nama KIM masih kosong"),
        (["KIM X", ""], "Desa/kelurahan masih kosong"),
        (["K" * 10_000, "Ngebel"], "paling panjang 120 huruf"),
        (["KIM X", "Ngebel", "", "12345"], "tidak seperti nama orang"),
        (["KIM X", "Ngebel", "", "Sari", "08"], "kurang panjang"),
        (["KIM X", "Ngebel", "", "", "", "1/2190", "1 Mei 2190"], "2190"),
        (["KIM X", "Ngebel", "", "", "", "1/2090", "1 Mei 2090"], "belum terjadi"),
        (["KIM X", "Ngebel", "", "", "", "1/1890", "1 Mei 1890"], "1890"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(cells, words):
    assert words in problem(*cells)


def test_emoji_and_identity_numbers():
    who = officer()
    batch = brought(who, book_of(["Nama KIM", "Desa", "NIK"], ["KIM Ceria 🎉", "Ngebel", "3502171008900001"]))
    assert only(batch).outcome == Outcome.NEW
    assert "3502171008900001" not in str(list(Row.objects.values()))


def test_the_second_of_two_equal_rows_is_left_out():
    batch = brought(officer(), book_of(HEAD, ["KIM Ngebel Raya", "Ngebel"], ["kim ngebel raya", "Ds Ngebel"]))
    assert batch.counts == {"new": 1, "skip": 1}
    assert "Sama dengan baris 2" in batch.rows.get(number=3).plan["remarks"][0]


def test_an_existing_kim_is_completed_but_what_it_said_is_never_replaced():
    who = officer()
    known = kim(NGEBEL, name="KIM Telaga", secretariat="Balai Desa")
    decree(known, number="1/2020", issued_on="2020-01-01")
    known.seats.create(position=Position.CHAIR, name="Sari Contoh")
    head = ["Nama KIM", "Desa", "Ketua", "Sekretaris", "Alamat", "Nomor SK", "Tanggal SK", "Instagram"]
    line = ["TELAGA", "Ngebel", "Orang Lain", "Budi Contoh", "Jl. Lain", "2/2024", "1 Mei 2024", "@telaga"]
    batch = brought(who, book_of(head, line))
    row = only(batch)
    assert row.outcome == Outcome.UPDATE
    assert row.plan["changes"] == ["SK 2/2024 tanggal 1 Mei 2024", "Sekretaris: Budi Contoh", "Instagram: @telaga"]
    assert "tidak diganti: ketua" in " ".join(row.plan["remarks"])
    written(who, batch)
    known.refresh_from_db()
    assert (known.name, known.secretariat) == ("KIM Telaga", "Balai Desa")
    assert dict(known.seats.values_list("position", "name")) == {"chair": "Sari Contoh", "secretary": "Budi Contoh"}
    assert known.decrees.count() == 2
    assert brought(who, book_of(head, line) + b" ").counts == {"skip": 1}


def test_a_kim_under_another_name_is_known_by_its_sk():
    known = kim(NGEBEL, name="KIM Telaga")
    decree(known, number="489/07/401.403.6/2014")
    row = only(brought(officer(), book_of(HEAD, ["KIM Ngebel", "Ngebel", "", "", "", "489 / 07 / 401.403.6 / 2014"])))
    assert (row.outcome, row.kim_id) == (Outcome.SKIP, known.id)


@pytest.mark.parametrize(
    ("stage", "words"), [(KimStage.SUBMITTED, "menunggu verifikasi"), (KimStage.DISSOLVED, "bubar")]
)
def test_a_kim_that_is_being_decided_or_has_ended_is_not_made_again(stage, words):
    kim(NGEBEL, name="KIM Telaga", stage=stage)
    assert words in problem("KIM Telaga", "Ngebel")


def test_only_offices_bring_lists_and_only_for_their_region():
    who, stranger = officer(), officer("35.19")
    batch = brought(who, messy_book())
    member = officer(NGEBEL, Role.MEMBER)
    for other in (stranger, member):
        assert not queries.visible_to(other).exists()
        with pytest.raises(Refused):
            actions.confirm(batch.id, actor=other)
        with pytest.raises(Refused):
            actions.correct(batch.id, 7, actor=other, values={})
    with pytest.raises(Refused):
        uploaded(member, messy_book())
    assert queries.visible_to(officer("35", Role.PROVINCE)).get() == batch
    assert not Kim.objects.exists()


def test_a_province_brings_a_list_of_several_regencies():
    who = officer("35", Role.PROVINCE)
    head = ["Nama KIM", "Desa", "Kabupaten", "Ketua", "HP"]
    first = ["KIM N", "Ngebel", "Kab. Ponorogo", "Sari Contoh", "081234567890"]
    batch = brought(who, book_of(head, first, ["KIM T", "Tambakmas", "Madiun"]))
    assert written(who, batch).counts == {"written": 2}
    assert Kim.objects.get(name="KIM N").members.get().phone == "+6281234567890"


def test_writing_stops_when_the_officer_has_lost_the_hat():
    who = officer()
    batch = brought(who, messy_book())
    actions.confirm(batch.id, actor=who)
    Mandate.objects.filter(pk=who.hat.id).update(until=clock.now())
    actions.carry_on()
    batch.refresh_from_db()
    assert batch.stage == Stage.CHECKED and not Kim.objects.exists()
    assert timeline(batch.key).last().verb == "import.stopped"


def test_a_long_list_is_written_in_chunks_and_can_be_stopped_between_them():
    who = officer()
    batch = brought(who, book_of(HEAD, *([f"KIM Ke {n}", "Ngebel"] for n in range(100))))
    actions.confirm(batch.id, actor=who)
    assert actions.carry_on(chunks=1) == actions.CHUNK
    assert queries.progress(batch) == (20, 100)
    actions.stop(batch.id, actor=who, reason="Dihentikan petugas.")
    assert actions.carry_on() == 0
    written(who, Batch.objects.get())
    assert Kim.objects.count() == 100
    assert len(set(Kim.objects.values_list("registry_number", flat=True))) == 100


def test_a_discarded_list_forgets_its_rows_and_keeps_the_kim():
    who = officer()
    batch = written(who, brought(who, messy_book()))
    actions.discard(batch.id, actor=who)
    assert not Row.objects.exists() and Kim.objects.count() == 3
    assert not queries.visible_to(who).exists()


def test_lists_nobody_touches_are_forgotten():
    batch = brought(officer(), messy_book())
    Batch.objects.update(created_at=clock.now() - actions.KEPT * 2)
    assert actions.forget_old() == 1
    assert not batch.rows.exists()


@pytest.mark.parametrize("verb", list(WORKFLOW))
@pytest.mark.parametrize("stage", list(Stage))
def test_every_verb_is_open_at_its_own_stages_only(verb, stage):
    who = officer()
    batch = brought(who, messy_book())
    Batch.objects.update(stage=stage)
    given = {"map_columns": {"mapping": {}}, "correct": {"number": 10, "values": {}}}.get(verb, {})
    again = verb == "confirm" and stage in (Stage.CONFIRMED, Stage.DONE)
    if verb == "finish":
        Row.objects.update(outcome=Outcome.SKIP)
    if WORKFLOW.allows(verb, stage) or again:
        getattr(actions, verb)(batch.id, actor=who, **given)
    else:
        with pytest.raises(NotAllowed):
            getattr(actions, verb)(batch.id, actor=who, **given)


@pytest.mark.parametrize("fault", [NotAllowed("Nomor ini sudah dipakai."), Person.DoesNotExist(), DataError()])
def test_a_row_the_register_refuses_is_told_and_the_others_are_written(monkeypatch, fault):
    who = officer()
    batch = brought(who, book_of(HEAD, ["KIM Baik", "Ngebel"], ["KIM Buruk", "Keniten"]))
    real = actions.register_imported

    def refusing(**said):
        if said["name"] == "KIM Buruk":
            raise fault
        return real(**said)

    monkeypatch.setattr(actions, "register_imported", refusing)
    assert written(who, batch).counts == {"written": 1, "error": 1}
    told = batch.rows.get(number=3).problems[0]["text"]
    assert told == "Nomor ini sudah dipakai." or "gagal ditulis" in told


def test_its_people_are_told_when_a_list_is_written():
    who = officer()
    batch = written(who, brought(who, messy_book()))
    tell(timeline(batch.key).get(verb="import.finished"))
    note = Delivery.objects.get()
    assert (note.person_id, note.url) == (who.person_id, f"/kantor/impor/{batch.id}/")
    assert note.text == "Daftar “daftar.xlsx” selesai ditulis: 3 KIM. 2 baris masih perlu dibetulkan."
