"""Single sign-on against a real provider on 127.0.0.1: it finds officials by verified e-mail, and makes nobody."""

import http.client
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from accounts.factories import mandate, official, person
from accounts.oidc import CLIENT, SECRET, Provider
from kim.accounts.backends import HALFWAY
from kim.accounts.models import Mandate, Person, Role
from kim.kernel.ids import new_id

pytestmark = pytest.mark.django_db
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def provider(settings):
    running = Provider()
    settings.KIM_OIDC_URL, settings.KIM_OIDC_NAME = running.url, "SSO Jatim"
    settings.KIM_OIDC_CLIENT, settings.KIM_OIDC_SECRET = CLIENT, SECRET
    yield running
    running.close()


def through(client, provider, **claims):
    """The whole round: our button, their page, back to us."""
    provider.claims = {"sub": "7", "email": "bima@contoh.id", "email_verified": True, "name": "Bima"} | claims
    away = client.post("/masuk/sso/sso/")
    assert away.url.startswith(provider.url)
    parts = urlsplit(away.url)
    line = http.client.HTTPConnection(parts.netloc)
    line.request("GET", f"{parts.path}?{parts.query}")
    back = urlsplit(line.getresponse().headers["Location"])
    line.close()
    return client.get(f"{back.path}?{back.query}")


def test_the_button_is_there_only_with_a_provider(client, provider, settings):
    page = client.get("/masuk/petugas/")
    assert "Masuk lewat SSO Jatim" in page.content.decode()
    assert provider.url in page.headers["Content-Security-Policy"]
    settings.KIM_OIDC_URL = ""
    assert "Masuk lewat" not in client.get("/masuk/petugas/").content.decode()
    assert client.post("/masuk/sso/sso/").status_code == 404


def test_a_known_official_still_shows_the_second_factor(client, provider):
    official(email="bima@contoh.id", totp=TOTP)
    assert through(client, provider).url == "/masuk/petugas/kode/"
    assert "_auth_user_id" not in client.session


def test_a_known_official_without_second_factor_sets_one_up(client, provider):
    who = official(email="bima@contoh.id")
    assert through(client, provider).url == "/akun/petugas/"
    assert client.session["_auth_user_backend"] == HALFWAY
    assert client.session["_auth_user_id"] == str(who.pk)


@pytest.mark.parametrize("verified", [False, "true", None, 1])
def test_an_unverified_address_finds_nobody(client, provider, verified):
    official(email="bima@contoh.id")
    assert through(client, provider, email_verified=verified).url == "/masuk/petugas/"
    assert "_auth_user_id" not in client.session


def test_a_stranger_gets_a_sentence_and_no_account(client, provider):
    assert through(client, provider, email="asing@contoh.id").url == "/masuk/petugas/"
    assert "belum terdaftar sebagai petugas" in client.get("/masuk/petugas/").content.decode()
    assert not Person.objects.exists()
    assert not Mandate.objects.exists()


def test_a_member_is_not_let_in_as_an_official(client, provider):
    who = person(email="bima@contoh.id")
    mandate(who, Role.MEMBER, kim_id=new_id())
    assert through(client, provider).url == "/masuk/petugas/"
    assert "_auth_user_id" not in client.session


def test_a_token_signed_by_somebody_else_is_refused(client, provider):
    official(email="bima@contoh.id")
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert through(client, provider).url == "/masuk/petugas/"
    assert "_auth_user_id" not in client.session


def test_a_return_nobody_asked_for_is_refused(client, provider):
    assert client.get("/masuk/sso/sso/kembali/?code=x&state=y").url == "/masuk/petugas/"


def test_a_provider_that_is_down_is_said_in_a_sentence(client, settings):
    settings.KIM_OIDC_URL = "http://127.0.0.1:9"
    assert client.post("/masuk/sso/sso/").url == "/masuk/petugas/"
