"""The doors for members and heads: phone and PIN, code, demo, and out again."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.factories import mandate, person
from kim.accounts import actions, demo
from kim.accounts.actor import SYSTEM
from kim.accounts.models import Consent, EntryCode, Person, Role
from kim.doors.models import Knock
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.ledger.models import Entry

pytestmark = pytest.mark.django_db
PIN = "846291"


@pytest.fixture
def member():
    who = person("Sari Contoh", pin=PIN, phone="+6281234567890")
    mandate(who, Role.BOARD, kim_id=new_id())
    return who


def enter(client, phone="0812-3456-7890", pin=PIN, **more):
    return client.post("/masuk/", {"phone": phone, "pin": pin, **more})


def test_phone_and_pin_lead_to_the_desk(client, member):
    answer = enter(client)
    assert answer.url == "/kerja/"
    assert client.cookies["kim_masuk"].value == "1"
    assert not client.cookies["kim_masuk"]["httponly"]
    assert Entry.objects.get(verb="person.signed_in").data == {"way": "pin"}


def test_one_goes_on_where_one_wanted_to(client, member):
    assert enter(client, lanjut="/kerja/tulis/?x=1").url == "/kerja/tulis/?x=1"


@pytest.mark.parametrize(
    "to", ["https://jahat.example/", "//jahat.example", "/\\jahat", "javascript:alert(1)", "/keluar/", "kerja"]
)
def test_nobody_is_led_out_of_the_house(client, member, to):
    assert enter(client, lanjut=to).url == "/kerja/"


def test_a_wrong_phone_and_a_wrong_pin_sound_the_same(client, member):
    wrong_pin = enter(client, pin="111111").content.decode()
    wrong_phone = enter(Client(), phone="0812-0000-0000").content.decode()
    for page in (wrong_pin, wrong_phone):
        assert "Nomor HP atau PIN tidak cocok" in page


def test_ten_wrong_pins_lock_the_account_on_every_device(client, member):
    for _ in range(10):
        assert "tidak cocok" in enter(Client(), pin="111111").content.decode()
    page = enter(client).content.decode()
    assert "Tunggu 15 menit" in page
    assert "_auth_user_id" not in client.session


def test_another_account_behind_the_same_address_is_not_locked(client, member):
    for _ in range(11):
        enter(Client(), phone="0812-0000-0000", pin="111111")
    assert enter(client).status_code == 302


def test_a_device_that_guesses_around_is_slowed_down(client, member):
    client.get("/masuk/")
    for n in range(30):
        enter(client, phone=f"0812-1111-{n:04}", pin="111111")
    assert "Sudah terlalu sering" in enter(client).content.decode()
    assert enter(Client()).status_code == 302


def test_a_good_pin_empties_the_bucket(client, member):
    for _ in range(9):
        enter(Client(), pin="111111")
    assert enter(Client()).status_code == 302
    for _ in range(9):
        enter(Client(), pin="111111")
    assert enter(client).status_code == 302


def test_the_device_mark_is_hidden_from_scripts(client):
    client.get("/masuk/")
    assert client.cookies["kim_perangkat"]["httponly"]
    assert len(client.cookies["kim_perangkat"].value) == 32


def test_without_the_token_of_the_form_nobody_comes_in(member):
    strict = Client(enforce_csrf_checks=True)
    for address in ("/masuk/", "/masuk/kode/", "/masuk/demo/", "/keluar/", "/masuk/petugas/"):
        assert strict.post(address, {"phone": "081234567890", "pin": PIN}).status_code == 403


def test_somebody_set_inactive_stays_out(client, member):
    Person.objects.update(is_active=False)
    assert "tidak cocok" in enter(client).content.decode()


@pytest.mark.parametrize(("phone", "pin"), [("", ""), ("abc", "1"), ("0" * 500, PIN), ("🙂", "🙂"), ("0812'--", PIN)])
def test_odd_words_come_back_with_a_sentence(client, phone, pin):
    assert enter(client, phone=phone, pin=pin).status_code == 200


def test_looking_at_a_code_does_not_spend_it(client, member):
    code = actions.issue_code(member.pk, actor=SYSTEM)
    for _ in range(3):
        page = client.get(f"/masuk/kode/?k={code}").content.decode()
        assert "S••• C•••••" in page
        assert "Sari" not in page
    assert EntryCode.objects.get().used_at is None


def first_entry(client, code, new="739164", again="739164", **more):
    return client.post("/masuk/kode/", {"k": code, "new": new, "again": again, "agree": "on"} | more)


def test_a_code_a_pin_and_a_consent_lead_in(client, member):
    code = actions.issue_code(member.pk, actor=SYSTEM)
    assert first_entry(client, code).url == "/kerja/"
    assert Consent.objects.get().text_version
    assert enter(Client(), pin="739164").status_code == 302
    assert enter(Client(), pin=PIN).status_code == 200


def test_without_consent_or_with_two_different_pins_the_code_stays(client, member):
    code = actions.issue_code(member.pk, actor=SYSTEM)
    assert "Centang dulu" in first_entry(client, code, agree="").content.decode()
    assert "tidak sama" in first_entry(client, code, again="739165").content.decode()
    assert "mudah ditebak" in first_entry(client, code, new="111111", again="111111").content.decode()
    assert EntryCode.objects.get().used_at is None


def test_a_double_tap_on_the_button_comes_in_both_times(client, member):
    code = actions.issue_code(member.pk, actor=SYSTEM)
    assert first_entry(client, code).status_code == 302
    assert first_entry(Client(), code).status_code == 302
    assert "sudah dipakai" in first_entry(Client(), code, new="739165", again="739165").content.decode()


def test_guessing_codes_is_slowed_down(client, member):
    client.get("/masuk/kode/")
    for n in range(20):
        client.get(f"/masuk/kode/?k=ZZZZ{n:04}")
    code = actions.issue_code(member.pk, actor=SYSTEM)
    assert "Sudah terlalu sering" in client.get(f"/masuk/kode/?k={code}").content.decode()


def test_keluar_forgets_session_cookie_and_what_the_browser_kept(client, member):
    enter(client)
    answer = client.post("/keluar/")
    assert "Anda sudah keluar" in client.get(answer.url).content.decode()
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["kim_masuk"]["max-age"] == 0
    assert client.get("/akun/").status_code == 302


def test_leaving_by_a_link_does_nothing(client, member):
    enter(client)
    assert client.get("/keluar/").status_code == 405
    assert client.get("/akun/").status_code == 200


@pytest.fixture
def demo_member(settings):
    settings.KIM_DEMO = True
    who = person("Demo Contoh", is_demo=True)
    mandate(who, Role.BOARD, kim_id=new_id())
    return demo.equip(who)


def test_the_demo_signs_in_with_one_tap_and_shows_its_secrets(client, demo_member):
    page = client.get("/masuk/").content.decode()
    assert "Coba sebagai" in page
    assert demo.PIN in page
    assert client.post("/masuk/demo/", {"role": "board"}).url == "/kerja/"


def test_the_demo_door_does_not_exist_elsewhere(client, demo_member, settings):
    assert client.post("/masuk/demo/", {"role": "regency"}).status_code == 404
    settings.KIM_DEMO = False
    assert client.post("/masuk/demo/", {"role": "board"}).status_code == 404
    assert "Coba sebagai" not in client.get("/masuk/").content.decode()


def test_the_demo_never_signs_in_a_real_person(client, settings, member):
    settings.KIM_DEMO = True
    assert client.post("/masuk/demo/", {"role": "board"}).status_code == 404


def test_demo_mode_refuses_to_run_beside_real_people(settings, member):
    assert not demo.never_beside_real_people(None, ["default"])
    settings.KIM_DEMO = True
    assert demo.never_beside_real_people(None, ["default"])[0].id == "accounts.E001"
    Person.objects.update(is_demo=True)
    assert not demo.never_beside_real_people(None, ["default"])


def test_the_first_entry_says_that_the_pin_is_kept(client):
    who = person("Budi Contoh", phone="+6281299990000")
    mandate(who, Role.MEMBER)
    code = actions.issue_code(who.pk, actor=SYSTEM)
    sent = {"k": code, "new": "739182", "again": "739182", "agree": "on"}
    answer = client.post("/masuk/kode/", sent)
    assert any("PIN Anda tersimpan" in str(note) for note in get_messages(answer.wsgi_request))


def test_throwing_the_cookie_away_does_not_help_a_guesser_and_a_village_is_not_shut_out(client):
    someone = person(pin="846291")
    Knock.objects.create(bucket="crowd:127.0.0.1", count=599, until=clock.now() + timedelta(minutes=15))
    assert client.post("/masuk/", {"phone": someone.phone, "pin": "846291"}).status_code == 302
    client.cookies.clear()
    answer = client.post("/masuk/", {"phone": someone.phone, "pin": "846291"})
    assert answer.status_code == 200 and "terlalu sering" in answer.content.decode()
