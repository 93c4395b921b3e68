"""Somebody asks: once for each id, joined to the same claim, known again by text, picture, recording or link; and abuse."""

import io
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from clarification.factories import ANSWER, MESSAGE, OTHER, VILLAGES, Country, country
from kim.accounts.actor import ANONYMOUS
from kim.clarification import actions, queries
from kim.clarification.actions import asking
from kim.clarification.models import Claim, Fingerprint, Report, Sighting
from kim.clarification.workflow import Stage
from kim.doors.models import Replay
from kim.kernel import fingerprint
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed
from kim.media.actions import BadFile
from kim.media.models import Upload

pytestmark = pytest.mark.django_db
VARIANTS = [
    f"*Diteruskan berkali-kali* 🙏🙏🙏\n\n{MESSAGE}\n\nSebarkan ke grup sebelah!!!",
    f"[12/11/25 08.21] Bu Contoh: {MESSAGE.upper()}",
    MESSAGE.replace("yang tidak", "yg tdk").replace("500 ribu", "750 rb"),
    MESSAGE.replace("kantor desa", "kantor kelurahan"),
]


@pytest.fixture
def land() -> Country:
    return country()


def picture(seed: int = 3, *, size: tuple[int, int] = (640, 480), quality: int = 90) -> SimpleUploadedFile:
    """A drawing that looks the same at any size and quality."""
    image = Image.new("RGB", (640, 480), "white")
    draw = ImageDraw.Draw(image)
    chance = random.Random(seed)
    for _ in range(9):
        left, top = chance.randrange(500), chance.randrange(380)
        draw.rectangle((left, top, left + 120, top + 90), fill=tuple(chance.randrange(256) for _ in range(3)))
    out = io.BytesIO()
    image.resize(size).save(out, "JPEG", quality=quality)
    return SimpleUploadedFile("IMG-2025-Bu-Sari.jpg", out.getvalue(), content_type="image/jpeg")


def voice(data: bytes = b"OggS" + bytes(range(200))) -> SimpleUploadedFile:
    return SimpleUploadedFile("PTT-Bu-Sari.opus", data)


@pytest.mark.parametrize("text", VARIANTS)
def test_a_forwarded_variant_joins_the_claim(land, text):
    first, second = land.asked(), land.asked(text)
    assert second.claim_id == first.claim_id
    assert Claim.objects.get().reports_count == 2
    assert queries.is_joined(second)
    assert not queries.is_joined(first)


def test_another_message_is_another_claim(land):
    assert land.asked().claim_id != land.asked(OTHER).claim_id


def test_of_short_messages_with_one_word_changed_nearly_all_are_known_again_and_none_as_another(land):
    chance = random.Random(7)
    signs = "bdgjklmnprst"
    mine, foreign = ([f"{a}{end}{b}i" for a in signs for b in signs] for end in ("o", "u"))
    messages = [chance.sample(mine, 8) for _ in range(100)]
    known = {asking._begin(prints_of(said), " ".join(said)).id: said for said in messages}
    found = wrong = 0
    for claim_id, said in known.items():
        place = chance.randrange(8)
        changed = [*said[:place], "lain", *said[place + 1 :]]
        hit = queries.nearest(prints_of(changed), " ".join(changed))
        found, wrong = found + (hit == claim_id), wrong + (hit not in (claim_id, None))
        stranger = chance.sample(foreign, 8)
        wrong += queries.nearest(prints_of(stranger), " ".join(stranger)) is not None
    assert found >= 95 and not wrong


def test_near_by_chance_is_not_enough_the_words_have_to_be_the_same(land):
    claim = land.asked().claim
    Fingerprint.objects.update(words=fingerprint.sketch(OTHER))
    assert land.asked(VARIANTS[0]).claim_id != claim.id


def prints_of(said: list[str]) -> list[tuple[str, int]]:
    return list(asking._prints(" ".join(said), "", None, None))


def test_the_same_id_is_the_same_question_and_other_words_under_it_are_refused(land):
    made = new_id()
    first = actions.ask(made, region_code=VILLAGES[0], text=MESSAGE, actor=ANONYMOUS)
    again = actions.ask(made, region_code=VILLAGES[0], text=MESSAGE, actor=ANONYMOUS)
    assert (first.id, first.number) == (again.id, again.number)
    assert Claim.objects.get().reports_count == 1
    with pytest.raises(NotAllowed, match="isi lain"):
        actions.ask(made, region_code=VILLAGES[0], text=OTHER, actor=ANONYMOUS)


def test_a_picture_is_known_again_smaller_and_worse_and_another_one_is_not(land):
    first = actions.ask(new_id(), photo=picture(), actor=ANONYMOUS)
    again = actions.ask(new_id(), photo=picture(size=(320, 240), quality=35), actor=ANONYMOUS)
    other = actions.ask(new_id(), photo=picture(7), actor=ANONYMOUS)
    assert first.claim_id == again.claim_id != other.claim_id


def test_another_story_around_a_known_picture_is_another_claim_but_a_short_question_is_not(land):
    first = actions.ask(new_id(), text=MESSAGE, photo=picture(), actor=ANONYMOUS)
    other = actions.ask(new_id(), text=OTHER, photo=picture(), actor=ANONYMOUS)
    short = actions.ask(new_id(), text="Ini benar kah, Pak?", photo=picture(), actor=ANONYMOUS)
    assert first.claim_id == short.claim_id != other.claim_id


def test_the_same_wording_is_shown_once_with_how_often_it_came(land):
    for _ in range(3):
        land.asked()
    claim = land.asked(VARIANTS[3]).claim
    assert sorted(sent.times for sent in queries.reports_of(claim, land.regency)) == [1, 3]


def test_two_blank_pictures_are_not_the_same_claim(land):
    blank = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(blank, "PNG")
    made = [
        actions.ask(new_id(), photo=SimpleUploadedFile("a.png", blank.getvalue()), actor=ANONYMOUS) for _ in range(2)
    ]
    assert made[0].claim_id != made[1].claim_id


def test_a_recording_that_is_passed_on_is_known_and_a_link_whoever_shared_it(land):
    heard = [actions.ask(new_id(), voice=voice(), actor=ANONYMOUS) for _ in range(2)]
    assert heard[0].claim_id == heard[1].claim_id
    first = actions.ask(new_id(), link="https://www.contoh-berita.com/heboh/123?utm_source=wa", actor=ANONYMOUS)
    again = actions.ask(new_id(), text="https://contoh-berita.com/heboh/123?fbclid=xyz", actor=ANONYMOUS)
    assert first.claim_id == again.claim_id != heard[0].claim_id
    assert again.is_only_links


def test_files_are_stored_without_the_name_they_came_with(land):
    report = actions.ask(new_id(), photo=picture(), voice=voice(), actor=ANONYMOUS)
    assert "Sari" not in report.photo.name + report.voice.name
    assert report.photo.owner_id is None
    assert not report.photo.is_public


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"photo": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"rusak" * 50)}, "bukan gambar"),
        ({"photo": SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>")}, "bukan gambar"),
        ({"voice": SimpleUploadedFile("a.ogg", b"MZ" + b"\0" * 300)}, "bukan rekaman"),
        ({"voice": SimpleUploadedFile("panjang.ogg", b"OggS" + b"\0" * (7 * 1024 * 1024))}, "bagian yang penting"),
        ({"photo": SimpleUploadedFile("a.jpg", b"")}, "kosong"),
    ],
    ids=["corrupt", "a page", "a program", "an hour of voice", "empty"],
)
def test_a_broken_file_is_refused_with_a_sentence_and_leaves_nothing(land, files, says):
    with pytest.raises(BadFile, match=says):
        actions.ask(new_id(), text=MESSAGE, actor=ANONYMOUS, **files)
    assert not Report.objects.exists()


def test_an_empty_question_is_refused(land):
    with pytest.raises(NotAllowed):
        actions.ask(new_id(), text="   ", actor=ANONYMOUS)


def test_identity_numbers_are_never_kept_and_a_kim_reads_no_phone_numbers(land):
    report = land.asked(f"{MESSAGE} Hubungi 0812 3456 7890 dengan NIK 3502170101900001.")
    assert "3502170101900001" not in report.text
    assert "0812 3456 7890" in queries.reports_of(report.claim, land.regency)[0].report.text
    assert "0812" not in queries.reports_of(report.claim, land.boards[0])[0].report.text


def test_a_threat_is_marked_for_the_desk(land):
    assert land.asked("Awas kamu besok aku bakar rumah kamu kalau lapor polisi lagi").is_threat
    assert not land.asked().is_threat


def test_it_is_counted_in_its_village_and_in_all_above(land):
    land.asked()
    land.asked(place=VILLAGES[1])
    counted = dict(Sighting.objects.values_list("region_id", "reports_count"))
    assert counted == {"ID": 2, "35": 2, "35.02": 2, "35.02.17": 1, "35.02.19": 1, VILLAGES[0]: 1, VILLAGES[1]: 1}


def test_who_says_that_it_is_another_claim_gets_one_of_their_own(land):
    first, joined = land.asked(), land.asked(VARIANTS[3], place=VILLAGES[2])
    parted = actions.part(joined.id, actor=ANONYMOUS)
    assert parted.claim_id != first.claim_id
    assert Claim.objects.get(id=first.claim_id).reports_count == 1
    assert not Sighting.objects.filter(claim=first.claim, region_id=VILLAGES[2]).exists()
    assert actions.part(joined.id, actor=ANONYMOUS).claim_id == parted.claim_id
    with pytest.raises(NotAllowed):
        actions.part(first.id, actor=ANONYMOUS)


def test_nobody_bends_a_claim_step_by_step_into_another(land):
    """Joined variants never widen what a claim is known by: each is measured against the first words."""
    first = land.asked()
    words = MESSAGE.split()
    for number in range(0, len(words), 3):
        words[number] = f"lain{number}"
        land.asked(" ".join(words))
    assert land.asked(" ".join(words)).claim_id != first.claim_id
    assert first.claim.fingerprints.count() == 1


def form(**fields) -> dict:
    """What the page sends: an id and a key of its own."""
    return {"id": str(new_id()), "kunci": str(new_id()), "kode": VILLAGES[0]} | fields


def test_two_hundred_questions_from_one_address_keep_no_real_one_out(land, client):
    """199 floods and one real question: it gets its ticket, stands on the desk, and is answered."""
    flood = [f"{' '.join(f'promo{number}x{word}' for word in range(12))}" for number in range(20)]
    tickets = []
    for number in range(200):
        text = MESSAGE if number == 100 else flood[number % 20]
        answer = client.post("/hoaks/tanya/", form(text=text), REMOTE_ADDR="198.51.100.7")
        assert answer.status_code == 302
        tickets.append(answer["Location"])
    assert Report.objects.count() == 200
    assert Claim.objects.count() <= 21
    shelf = queries.shelf_of(queries.OFFICE_SHELVES, "baru")
    real = Report.objects.get(text=MESSAGE)
    pages, after = [], ""
    while True:
        found = queries.desk(land.regency, shelf, after=after)
        pages += [row.claim.id for row in found]
        after = found.next
        if not after:
            break
    assert real.claim_id in pages
    actions.judge(real.claim_id, fields=ANSWER, actor=land.regency)
    assert ANSWER["gist"] in client.get(tickets[100]).content.decode()


def test_the_same_file_sent_again_is_stored_once_whoever_sends_it(land):
    sent = [actions.ask(new_id(), text=MESSAGE, photo=picture(), voice=voice(), actor=ANONYMOUS) for _ in range(3)]
    sent.append(actions.ask(new_id(), text=OTHER, photo=picture(), actor=land.members[0]))
    assert len({report.photo_id for report in sent}) == 1 and len({report.voice_id for report in sent[:3]}) == 1
    assert Upload.objects.filter(purpose__in=("report", "forwarded")).count() == 2


def test_two_hundred_with_photos_from_one_address_keep_no_real_one_out(land, client):
    """199 pranks with four photos again and again, one real question with its own photo: it comes with it."""
    for number in range(200):
        is_real = number == 150
        sent = form(text=MESSAGE if is_real else "", photo=picture(99 if is_real else number % 4))
        assert client.post("/hoaks/tanya/", sent, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert Report.objects.count() == 200 and Upload.objects.filter(purpose="report").count() == 5
    assert Report.objects.get(text=MESSAGE).photo is not None


def test_when_too_many_files_came_today_words_still_come_through_and_stay_in_the_form(land, client, monkeypatch):
    monkeypatch.setattr(asking, "OF_LINE", picture(1).size // 1024)
    address = {"REMOTE_ADDR": "198.51.100.7"}
    first = client.post("/hoaks/tanya/", form(photo=picture(1)), **address)
    assert first.status_code == 302
    full = form(text=MESSAGE, photo=picture(2))
    page = client.post("/hoaks/tanya/", full, **address)
    said = page.content.decode()
    assert page.status_code == 200 and "Hapus lampirannya dan kirim teks" in said and MESSAGE[:60] in said
    assert client.post("/hoaks/tanya/", form(text=MESSAGE, id=full["id"]), **address).status_code == 302
    assert client.post("/hoaks/tanya/", form(photo=picture(1)), **address).status_code == 302, "known already"
    assert client.post("/hoaks/tanya/", form(photo=picture(2)), REMOTE_ADDR="203.0.113.9").status_code == 302
    assert actions.ask(new_id(), photo=picture(5), line="", actor=land.members[0]).photo, "who is known has no ceiling"


def test_a_place_has_a_ceiling_too_and_shuts_only_lines_that_helped_to_fill_it(land, monkeypatch):
    monkeypatch.setattr(asking, "OF_VILLAGE", picture(1).size // 1024)
    monkeypatch.setattr(asking, "LITTLE", picture(1).size // 1024)
    actions.ask(new_id(), region_code=VILLAGES[0], photo=picture(1), line="a", actor=ANONYMOUS)
    with pytest.raises(actions.TooMuch):
        actions.ask(new_id(), region_code=VILLAGES[0], photo=picture(2), line="a", actor=ANONYMOUS)
    assert Report.objects.count() == Upload.objects.filter(purpose="report").count() == 1
    assert actions.ask(new_id(), region_code=VILLAGES[0], photo=picture(3), line="b", actor=ANONYMOUS).photo


def test_a_line_that_is_spent_for_one_place_is_not_for_another(land, client, monkeypatch):
    """A village may sit behind one address."""
    monkeypatch.setattr(asking, "OF_LINE", picture(1).size // 1024)
    at = {"REMOTE_ADDR": "198.51.100.7"}
    for number, place in ((1, VILLAGES[0]), (2, VILLAGES[1])):
        assert client.post("/hoaks/tanya/", form(photo=picture(number), kode=place), **at).status_code == 302
    assert client.post("/hoaks/tanya/", form(photo=picture(3), kode=VILLAGES[0]), **at).status_code == 200


def test_the_whole_way_without_scripts_and_nothing_of_the_reporter_is_kept(land, client):
    shown = client.get("/hoaks/tanya/").content.decode()
    made = shown.split('name="id" value="')[1].split('"')[0]
    answer = client.post(
        "/hoaks/tanya/", form(id=made, text=MESSAGE), REMOTE_ADDR="203.0.113.9", headers={"user-agent": "HP Bu Sari"}
    )
    page = client.get(answer["Location"]).content.decode()
    report = Report.objects.get()
    assert queries.secret_of(report) in page
    assert "Anda yang pertama menanyakannya" in page
    kept = str([getattr(report, one.attname) for one in Report._meta.concrete_fields])
    assert "203.0.113.9" not in kept
    assert "Bu Sari" not in kept
    assert report.person_id is None


def test_an_answered_claim_is_answered_at_once(land, client):
    claim = land.at(Stage.ANSWERED)
    answer = client.post("/hoaks/tanya/", form(text=VARIANTS[0]))
    page = client.get(answer["Location"]).content.decode()
    assert ANSWER["gist"] in page
    assert f"{claim.short_url}kartu.png" in page
    assert "Bukan ini yang saya tanyakan" in page


def test_the_form_sent_twice_gives_one_ticket(land, client):
    sent = form(text=MESSAGE)
    places = {client.post("/hoaks/tanya/", sent)["Location"] for _ in range(2)}
    assert not Replay.objects.exists()  # it would keep the secret address
    again = client.post("/hoaks/tanya/", sent | {"kunci": str(new_id())})["Location"]
    assert places == {again}
    assert Report.objects.count() == 1


def test_a_place_is_found_by_its_name_without_scripts(land, client):
    sent = form(text=MESSAGE, kode="", tempat="Bangunsari Ponorogo")
    answer = client.post("/hoaks/tanya/", sent)
    if answer.status_code == 200:
        assert "Pilih satu" in answer.content.decode()
        answer = client.post("/hoaks/tanya/", sent | {"pilihan": VILLAGES[0]})
    assert Report.objects.get().region_id == VILLAGES[0]
    assert client.get(answer["Location"]).status_code == 200


def test_a_forged_place_is_no_place(land, client):
    assert client.post("/hoaks/tanya/", form(text=MESSAGE, kode="99.99.99.9999"))["Location"]
    assert Report.objects.get().region_id == "ID"


def test_number_and_code_lead_back_and_guesses_are_counted(land, client):
    report = land.asked()
    right = client.post("/hoaks/lacak/", {"number": report.number, "secret": queries.secret_of(report).upper()})
    assert right["Location"] == queries.tracking_path(report)
    for _ in range(10):
        assert client.get(f"/hoaks/lacak/{report.number}/tebakan234/").status_code == 404
    assert client.get(f"/hoaks/lacak/{report.number}/tebakan234/").status_code == 429
    assert client.get(queries.tracking_path(report)).status_code == 200


def test_a_stranger_gets_no_file_of_a_report(land, client):
    report = actions.ask(new_id(), region_code=VILLAGES[0], photo=picture(), actor=ANONYMOUS)
    assert client.get(f"/berkas/{report.photo_id}/").status_code == 404
    assert client.get(f"/kerja/hoaks/{report.claim_id}/kiriman/{report.photo_id}/").status_code == 302


def test_a_number_somebody_has_is_given_to_nobody_else(monkeypatch):
    land = country()
    taken = land.asked().number
    free = iter([taken, "1234567897"])
    monkeypatch.setattr(Report._meta.get_field("number"), "_get_default", lambda: taken)
    monkeypatch.setattr("kim.kernel.ticket.new_number", lambda: next(free))
    assert land.asked(OTHER).number == "1234567897"
