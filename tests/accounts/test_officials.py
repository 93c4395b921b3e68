"""Officials: password and second factor, each needed, each counted."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts.factories import mandate, official, person
from kim.accounts import actions
from kim.accounts.actor import SYSTEM
from kim.accounts.backends import HALFWAY, STRONG
from kim.accounts.models import Person, Role
from kim.kernel.ids import new_id

pytestmark = pytest.mark.django_db
PASSWORD = "kentongan di pagi hari"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET, shift: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


@pytest.fixture
def officer():
    return official(Role.REGENCY, "35.02", password=PASSWORD, totp=SECRET, email="bima@contoh.id")


def enter(client, email="bima@contoh.id", password=PASSWORD, **more):
    return client.post("/masuk/petugas/", {"login": email, "password": password} | more)


def test_password_and_app_lead_to_the_office(client, officer):
    assert enter(client).url == "/masuk/petugas/kode/"
    assert "_auth_user_id" not in client.session
    assert "Satu langkah lagi" in client.get("/masuk/petugas/kode/").content.decode()
    answer = client.post("/masuk/petugas/kode/", {"code": code_now()})
    assert answer.url == "/kantor/"
    assert client.session["_auth_user_backend"] == STRONG
    assert client.cookies["kim_masuk"].value == "1"


def test_the_wished_page_survives_both_steps(client, officer):
    enter(client, next="/kantor/verifikasi/?x=1")
    assert client.post("/masuk/petugas/kode/", {"code": code_now()}).url == "/kantor/verifikasi/?x=1"


@pytest.mark.parametrize("to", ["https://jahat.example/", "//jahat.example", "/\\jahat.example"])
def test_nobody_is_led_out_of_the_house(client, officer, to):
    enter(client, next=to)
    assert client.post("/masuk/petugas/kode/", {"code": code_now()}).url == "/kantor/"


def test_a_wrong_code_is_refused_and_the_tenth_locks(client, officer):
    enter(client)
    for _ in range(10):
        page = client.post("/masuk/petugas/kode/", {"code": "000000"}).content.decode()
        assert "Kode tidak cocok" in page
    assert "Tunggu" in client.post("/masuk/petugas/kode/", {"code": code_now()}).content.decode()
    assert "_auth_user_id" not in client.session


def test_one_code_of_the_app_opens_once(officer):
    code = code_now()
    for client, status in ((Client(), 302), (Client(), 200)):
        enter(client)
        assert client.post("/masuk/petugas/kode/", {"code": code}).status_code == status


def test_a_recovery_code_opens_once(officer):
    spare = RecoveryCodes.activate(officer).get_unused_codes()[0]
    for client, status in ((Client(), 302), (Client(), 200)):
        enter(client)
        assert client.post("/masuk/petugas/kode/", {"code": spare}).status_code == status


def test_a_wrong_mail_and_a_wrong_password_sound_the_same(officer):
    for page in (enter(Client(), password="salah sekali ini"), enter(Client(), email="bukan@contoh.id")):
        assert "Surel atau kata sandi tidak cocok" in page.content.decode()


def test_ten_wrong_passwords_lock_the_account(client, officer):
    for _ in range(10):
        enter(Client(), password="salah sekali ini")
    assert "Sudah terlalu sering" in enter(client).content.decode()


def test_a_password_without_an_officials_hat_opens_nothing(client, officer):
    officer.mandates.all().delete()
    mandate(officer, Role.MEMBER, kim_id=new_id())
    assert "tidak cocok" in enter(client).content.decode()


def test_somebody_set_inactive_stays_out(client, officer):
    Person.objects.update(is_active=False)
    assert enter(client).status_code in (200, 302)
    assert "_auth_user_id" not in client.session


@pytest.fixture
def newcomer():
    return official(Role.REGENCY, "35.02", password=PASSWORD, email="baru@contoh.id")


def test_whoever_has_no_second_factor_is_led_to_set_one_up_before_any_page(client, newcomer):
    assert enter(client, "baru@contoh.id").url == "/akun/petugas/"
    assert client.session["_auth_user_backend"] == HALFWAY
    assert client.get("/akun/").url == "/akun/petugas/"
    assert client.get("/kantor/petugas/").url == "/akun/petugas/"
    assert "Tinggal satu hal" in client.get("/akun/petugas/").content.decode()


def test_setting_up_the_app_makes_the_session_full(client, newcomer):
    enter(client, "baru@contoh.id")
    page = client.get("/akun/petugas/aplikasi/").content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)[1]
    wrong = client.post("/akun/petugas/aplikasi/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.post("/akun/petugas/aplikasi/", {"code": code_now(secret)}).url == "/akun/petugas/cadangan/"
    assert client.session["_auth_user_backend"] == STRONG
    assert client.get("/akun/petugas/cadangan/").content.decode().count("<li>") >= 10
    assert client.get("/kantor/petugas/").status_code == 200


def test_an_invitation_code_sets_the_password_and_leads_to_the_second_factor(client):
    who = official(email="undangan@contoh.id")
    code = actions.issue_code(who.pk, actor=SYSTEM)
    data = {"k": code, "new": PASSWORD, "again": PASSWORD, "agree": "on"}
    assert client.post("/masuk/kode/", data).url == "/akun/petugas/"
    assert client.session["_auth_user_backend"] == HALFWAY


def test_a_new_password_does_not_go_round_the_second_factor(client, officer):
    code = actions.issue_code(officer.pk, actor=SYSTEM)
    data = {"k": code, "new": "gong di sore hari", "again": "gong di sore hari", "agree": "on"}
    assert client.post("/masuk/kode/", data).url == "/masuk/petugas/"
    assert "_auth_user_id" not in client.session


def test_a_pin_never_wears_an_officials_hat(client):
    who = official(Role.REGENCY, phone="+6281234567001", password=PASSWORD, totp=SECRET)
    mandate(who, Role.MEMBER, kim_id=new_id())
    who.set_pin("846291")
    who.save()
    client.post("/masuk/", {"phone": "081234567001", "pin": "846291"})
    page = client.get("/akun/").content.decode()
    assert "Anggota KIM" in page
    assert 'name="hat"' not in page
    assert client.get("/kantor/petugas/").status_code == 403
    assert client.get("/akun/petugas/aplikasi/").url == "/masuk/petugas/"


def test_second_factors_are_for_officials_only(client):
    member = person(pin="846291", phone="+6281234567002")
    mandate(member, Role.MEMBER, kim_id=new_id())
    client.post("/masuk/", {"phone": "081234567002", "pin": "846291"})
    for path in ("", "aplikasi/", "kunci/", "cadangan/", "cadangan/baru/", "ulang/", "ulang/kode/", "ulang/kunci/"):
        assert client.get(f"/akun/petugas/{path}").status_code == 404


def test_changing_a_second_factor_asks_who_one_is_again(client, officer):
    enter(client)
    client.post("/masuk/petugas/kode/", {"code": code_now()})
    asked = client.get("/akun/petugas/kunci/")
    assert asked.url.startswith("/akun/petugas/ulang/")
    assert "Pastikan ini Anda" in client.get(asked.url).content.decode()
    assert client.post(asked.url, {"password": "salah sekali ini", "next": "/akun/petugas/kunci/"}).status_code == 200
    assert client.post(asked.url, {"password": PASSWORD, "next": "/akun/petugas/kunci/"}).url == "/akun/petugas/kunci/"
    assert "Pasang kunci masuk" in client.get("/akun/petugas/kunci/").content.decode()
    assert client.get("/akun/petugas/ulang/kode/?next=/akun/petugas/").status_code == 200


def test_the_last_second_factor_stays(client, officer):
    enter(client)
    client.post("/masuk/petugas/kode/", {"code": code_now()})
    assert client.get("/akun/petugas/aplikasi/hapus/").url == "/akun/petugas/"
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_the_passkey_door_hands_out_a_challenge(client):
    answer = client.get("/masuk/petugas/kunci/", headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["challenge"]


def test_nothing_of_allauth_is_open_that_is_not_named(client):
    for path in (
        "/accounts/login/",
        "/accounts/signup/",
        "/masuk/petugas/daftar/",
        "/akun/petugas/email/",
        "/masuk/sso/x/",
    ):
        assert client.get(path).status_code in (404, 405)
