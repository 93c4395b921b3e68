"""What a number shows, what only number and code open, and how little guessing helps."""

import math
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from accounts.factories import actor
from aspirations.factories import SECRET, VILLAGE, answered, let_out, voice
from aspirations.sounds import ogg
from kim.accounts.backends import PHONE
from kim.accounts.models import Person, Role
from kim.aspirations import actions, queries
from kim.aspirations.models import Aspiration
from kim.aspirations.views import following
from kim.doors.models import Knock, Replay
from kim.doors.throttle import LINE_BITS, line_mark
from kim.kernel import clock, ticket
from kim.media.models import Upload
from kim.pages import tags

pytestmark = pytest.mark.django_db
WORDS = "Perangkat minta uang untuk surat pengantar."
OTHER = "35.02.17.1007"


def opened(client, number: str, code: str = SECRET, path: str = "/lacak/buka/", line: str = "127.0.0.1", **more):
    return client.post(path, {"nomor": number, "kode": code} | more, REMOTE_ADDR=line)


def with_voice_note(**fields) -> Aspiration:
    upload = actions.bring(SimpleUploadedFile("x", ogg()), "voice")
    made = voice(text=WORDS, **fields)
    Upload.objects.get(id=upload).attachments_of_aspirations.create(aspiration=made)
    return made


@pytest.mark.parametrize("privacy", ["open", "anonymous"])
def test_a_number_shows_the_way_and_no_word_of_the_reporter(client, privacy):
    made = answered(
        with_voice_note(privacy=privacy, reporter_name="Sari Contoh"), text="Untuk Bu Sari saja.", is_public=False
    )
    page = client.get(f"/lacak/{made.number}/").content.decode()
    assert "Sudah dijawab" in page and "KIM dan kantor" in page
    assert not [word for word in ("Perangkat", "Sari", "<audio", "berkas/") if word in page]


def test_of_a_confidential_one_a_number_shows_the_stage_alone(client):
    made = answered(voice(privacy="secret", text=WORDS, place="Balai RW 3"), text="Sudah ditegur.", is_public=True)
    page = client.get(f"/lacak/{made.number}/").content.decode().partition("<main")[2]
    assert "Sudah dijawab" in page
    hidden = (
        "Perangkat",
        "Balai",
        "ditegur",
        "Bangunsari",
        "KIM dan kantor",
        "Pengaduan",
        "Jalan dan jembatan",
        "timeline",
    )
    assert not [word for word in hidden if word in page]
    assert "Sudah ditegur" in opened(client, made.number).content.decode()


def test_what_was_let_out_is_read_with_its_answer(client):
    made = answered(let_out(voice(text=WORDS), "Warga mengeluhkan pungutan."))
    page = client.get(f"/lacak/{made.number}/").content.decode()
    assert "Warga mengeluhkan pungutan." in page and "Sudah ditambal." in page and "Perangkat" not in page


def test_a_number_is_read_however_it_is_typed(client):
    made = voice()
    assert client.get("/lacak/", {"nomor": made.shown_number}).headers["Location"] == f"/lacak/{made.number}/"
    assert client.get(f"/lacak/{made.shown_number}/").headers["Location"] == f"/lacak/{made.number}/"
    slip_of_the_pen = str((int(made.number[0]) + 1) % 10) + made.number[1:]
    assert "belum tepat" in client.get("/lacak/", {"nomor": slip_of_the_pen}).content.decode()
    assert client.get(f"/lacak/{slip_of_the_pen}/").status_code == 404


def test_the_reporter_reads_everything_with_the_code_however_it_is_typed(client):
    made = answered(with_voice_note(), text="Untuk Anda: sudah ditegur.", is_public=False)
    for typed in (SECRET, SECRET.upper(), queries.spaced(SECRET), f" {SECRET} "):
        page = opened(client, made.shown_number, typed)
        assert page.status_code == 200
        assert "Untuk Anda" in page.content.decode() and WORDS in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer" and "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"] and not client.cookies


def stripped(answer) -> str:
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_a_wrong_number_and_a_wrong_code_are_told_alike(client):
    made = voice()
    wrong_code, wrong_number = opened(client, made.number, "abcdefghjk"), opened(client, ticket.new_number(), SECRET)
    assert wrong_code.status_code == wrong_number.status_code == opened(client, "12", SECRET).status_code == 404
    assert stripped(wrong_code) == stripped(wrong_number)


@pytest.mark.parametrize(
    "path", ["tambah", "beres", "nilai", "belum", "tetap-beres", "hapus", "lembar.pdf", "lembar.png"]
)
def test_no_act_of_the_reporter_is_done_without_the_code(client, path):
    made = answered(voice())
    path = f"/lacak/{path}" + ("" if "." in path else "/")
    answer = opened(client, made.number, "abcdefghjk", path, yakin="ya", nilai="3", text="Ya.")
    assert answer.status_code == 404
    made.refresh_from_db()
    assert made.stage == "answered" and made.text


def guesses(client, number: str, tries: int, *, line: str, first: int = 0) -> list[int]:
    """What so many wrong codes of one line are told."""
    codes = (f"abcdefg{n:03d}" for n in range(first, first + tries))
    return [opened(client, number, one, line=line).status_code for one in codes]


def test_one_line_guesses_ten_times_at_a_number_and_shuts_nobody_else_out(client):
    made, other = voice(), voice()
    assert guesses(client, made.number, 12, line="203.0.113.1") == [404] * 10 + [429] * 2
    assert opened(client, made.number, line="203.0.113.1").status_code == 429
    assert opened(client, made.number, line="203.0.113.2").status_code == 200  # the reporter, from the own phone
    assert opened(client, other.number, line="203.0.113.1").status_code == 200
    assert client.get(f"/lacak/{made.number}/").status_code == 200


def test_whoever_guesses_behind_a_shared_address_shuts_only_the_number_guessed_at(client):
    made = voice()
    for _ in range(11):
        assert guesses(client, ticket.new_number(), 10, line="203.0.113.1") == [404] * 10
    assert opened(client, made.number, line="203.0.113.1").status_code == 200


def test_however_many_lines_an_attack_has_its_guesses_are_bounded_and_the_reporter_gets_in(client, monkeypatch):
    monkeypatch.setattr("kim.aspirations.views.following.OF_ALL", 40)
    made = voice()
    told = [guesses(client, made.number, 9, line=f"203.0.113.{n}", first=n * 9) for n in range(8)]
    assert sum(one.count(404) for one in told) == 40 + 4 * 3  # the line that filled it has three more, and three others
    page = opened(client, made.number, line="203.0.113.5")
    assert page.status_code == 429 and "Arahkan kamera" in page.content.decode()
    izin = queries.pass_of(made.number, SECRET)
    page = opened(client, made.shown_number, izin=izin, line="203.0.113.5").content.decode()
    assert WORDS not in page and f'name="izin" value="{izin}"' in page
    assert opened(client, made.number, path="/lacak/lembar.png", izin=izin).status_code == 200
    innocent = "198.51.100.7"
    assert guesses(client, made.number, 2, line=innocent) == [404] * 2
    assert opened(client, made.number, line=innocent).status_code == 200


def test_the_word_that_ends_messages_is_guessed_no_more_than_a_code(client):
    made = voice()
    path = f"/lacak/{made.number}/kabar/"
    told = [client.post(f"{path}{n:010d}/", REMOTE_ADDR="203.0.113.1").status_code for n in range(12)]
    assert told == [404] * 10 + [429] * 2
    right = f"{path}{queries.phones.stop_word(made.id)}/"
    assert client.get(right, REMOTE_ADDR="203.0.113.1").status_code == 429
    assert client.get(right, REMOTE_ADDR="203.0.113.2").status_code == 200


@pytest.mark.parametrize("spoilt", [{"kode": "abcdefghjk"}, {"izin": "0" * 20}, {"izin": ""}])
def test_a_pass_is_of_one_number_and_one_code_and_opens_nothing_by_itself(client, spoilt):
    for bucket in ("lacak", f"lacak-sisa:{line_mark('127.0.0.1')}"):
        Knock.objects.create(bucket=bucket, count=10_000, until="2099-01-01T00:00Z")
    made = voice()
    sent = {"nomor": made.number, "kode": SECRET, "izin": queries.pass_of(made.number, SECRET)} | spoilt
    assert client.post("/lacak/buka/", sent).status_code == 429
    other = voice()
    sent = {"nomor": other.number, "kode": "abcdefghjk", "izin": queries.pass_of(other.number, "abcdefghjk")}
    assert client.post("/lacak/buka/", sent).status_code == 404


def test_the_arithmetic_of_guessing_holds():
    codes, year = len(ticket.LETTERS) ** ticket.SECRET, 365 * 24 * 60
    assert round(math.log2(codes), 1) == 49.5
    assert codes / (following.OF_PAIR * year / 15) > 2.3e9
    assert codes / (following.OF_ALL * year) > 5.1e5
    for lines, chance in ((2**16, 9.6e4), (2**LINE_BITS, 7e3)):
        assert codes / (following.OF_ALL * year + lines * following.OF_SPARED * year / 15) > chance
    assert 2**40 / (following.OF_PAIR * year / 15) > 3.1e6 and 2**40 / (following.OF_ALL * year) > 690
    assert len(queries.pass_of("1", "a")) * 4 == 80


def test_who_has_it_right_is_never_shut_out_by_own_looking(client):
    made = voice()
    assert {opened(client, made.number).status_code for _ in range(40)} == {200}
    assert not Knock.objects.exists()


def test_a_wrong_code_leaves_neither_number_nor_line_behind(client):
    made = voice()
    guesses(client, made.number, 1, line="203.0.113.77")
    kept = " ".join(Knock.objects.values_list("bucket", flat=True))
    assert made.number not in kept and "203.0.113" not in kept and len(kept.split()) == 2


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_that_can_be_typed_breaks_the_door(number, code):
    with pytest.raises(Aspiration.DoesNotExist):
        queries.tracked(number, code)


def test_the_code_is_in_no_address_no_table_of_replays_and_no_log(client, caplog, capfd):
    made = answered(with_voice_note())
    pages = [opened(client, made.number), opened(client, made.number, path="/lacak/beres/", nilai="2")]
    for page in pages:
        words = page.content.decode()
        assert not [link for link in re.findall(r'(?:href|src|action)="([^"]*)"', words) if SECRET in link]
    assert not Replay.objects.exists()
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


def test_the_page_of_the_reporter_fetches_its_own_files_for_an_hour(client):
    made = with_voice_note()
    link = re.search(r'<audio[^>]*src="([^"]+)"', opened(client, made.number).content.decode())[1].replace("&amp;", "&")
    answer = client.get(link)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "audio/ogg"
    assert b"".join(answer.streaming_content) == ogg()
    part = client.get(link, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"OggS")
    assert client.get(link, headers={"Range": "bytes=999999-"}).status_code == 416
    attachment = made.attachments.get()
    forged = signing.dumps(str(attachment.id), salt="another")
    assert client.get(f"/aspirasi/berkas/{attachment.id}/?izin={forged}").status_code == 404


@pytest.mark.parametrize(
    ("role", "code", "privacy", "hears"),
    [
        (Role.BOARD, VILLAGE, "secret", True), (Role.MEMBER, VILLAGE, "secret", False), (Role.MEMBER, VILLAGE, "open", True),
        (Role.BOARD, OTHER, "open", False), (Role.REGENCY, "35.02", "open", False),
    ],
)  # fmt: skip
def test_the_desk_that_holds_it_hears_the_voice_note_and_nobody_beside(client, role, code, privacy, hears):
    made = with_voice_note(privacy=privacy)
    assert bool(_file(actor(role, code), made)) is hears


def _file(who, made: Aspiration):
    try:
        return queries.file_for(who, made.attachments.get().id)
    except made.attachments.model.DoesNotExist:
        return None


def test_a_list_of_a_place_holds_what_was_let_out_there_page_by_page(client):
    for number in range(23):
        let_out(voice(), f"Keluhan nomor {number}.")
    let_out(voice(OTHER), "Keluhan desa lain.")
    voice(text=WORDS)
    first = client.get(f"/aspirasi/wilayah/{VILLAGE}/").content.decode()
    more = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(f"/aspirasi/wilayah/{VILLAGE}/{more}").content.decode()
    found = re.findall(r"Keluhan nomor (\d+)\.", first + second)
    assert sorted(map(int, found)) == list(range(23))
    assert "desa lain" not in first + second and "Perangkat" not in first + second
    above = client.get("/aspirasi/wilayah/35.02/").content.decode()
    assert "desa lain" in above
    assert client.get("/aspirasi/wilayah/35.02/?tahap=dijawab").content.decode().count("Keluhan") == 0


def test_an_act_on_a_voice_touches_its_own_pages_and_no_page_of_a_place():
    told = {"verb": "aspiration.answered", "key": "aspiration:1", "region": VILLAGE, "kim": None, "topic": None}
    assert tags.of_act(told) == {
        "aspiration:1", "aspiration:in:ID", "aspiration:in:35", "aspiration:in:35.02", "aspiration:in:35.02.17",
        f"aspiration:in:{VILLAGE}",
    }  # fmt: skip


def test_asked_again_after_four_weeks_the_page_asks_it(client):
    made = answered(voice())
    opened(client, made.number, path="/lacak/beres/", nilai="3")
    Aspiration.objects.update(closed_at=clock.now() - timedelta(days=30))
    assert "Masih beres?" not in opened(client, made.number).content.decode()
    actions.ask_again()
    assert "Masih beres?" in opened(client, made.number).content.decode()
    assert "Senang mendengarnya" in opened(client, made.number, path="/lacak/tetap-beres/").content.decode()


def test_a_reply_with_an_error_keeps_its_key_and_a_second_reply_gets_a_new_one(client):
    made = answered(voice(), outcome="")
    key = "0192f0c1-7b1e-7000-8000-000000000001"
    page = opened(client, made.number, path="/lacak/tambah/", text="", kunci=key).content.decode()
    assert "belum diisi" in page and key in page
    page = opened(client, made.number, path="/lacak/tambah/", text="Di RT 3.", kunci=key).content.decode()
    assert "kami teruskan" in page and key not in page


def test_the_slip_is_a_page_and_a_picture_with_the_number(client):
    made = voice(reporter_name="Sari Contoh")
    paper, picture = (opened(client, made.number, path=f"/lacak/lembar.{kind}") for kind in ("pdf", "png"))
    assert paper.content.startswith(b"%PDF-") and picture.content.startswith(b"\x89PNG")
    assert made.number in paper.headers["Content-Disposition"] and len(picture.content) < 400_000


def test_who_took_it_in_and_who_sent_it_signed_in_are_told_inside():
    who = actor(Role.MEMBER)
    made = voice(who=who)
    anonymous = voice(who=who, privacy="anonymous")
    assert queries.to_tell(made.id).reporter_id == who.person_id
    assert queries.to_tell(anonymous.id).reporter_id is None


def test_nobody_is_recognised_at_the_public_door(client):
    who = actor(Role.BOARD, VILLAGE)
    client.force_login(Person.objects.get(id=who.person_id), backend=PHONE)
    made = voice(privacy="secret", text=WORDS)
    for path in ("/aspirasi/", "/lacak/", f"/lacak/{made.number}/"):
        page = client.get(path).content.decode()
        assert who.name not in page and WORDS not in page
