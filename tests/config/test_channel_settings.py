"""The settings of the channels, as a fresh process reads them from its environment."""

import os
import subprocess
import sys

import pytest

ASK = (
    "from django.conf import settings as s; from kim.inbox.queries import configured;"
    "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, len(s.KIM_PUSH_KEY), *map(str, configured()))"
)
SETUP = "import django; django.setup(); "


def read(tmp_path, **more: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    home = {"KIM_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kim.config.settings"}
    command = [sys.executable, "-c", SETUP + ASK]
    return subprocess.run(command, env=kept | home | more, capture_output=True, text=True, check=False)


def test_without_settings_every_channel_is_off(tmp_path):
    assert read(tmp_path).stdout.split() == ["localhost", "25", "False", "False", "0"]
    assert not (tmp_path / "push_key").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("submission://kim:s%40ndi@surat.contoh.id", ["surat.contoh.id", "587", "True", "False"]),
        ("smtp://kim:x@surat.contoh.id:465/?ssl=True", ["surat.contoh.id", "465", "False", "True"]),
        ("smtp://localhost", ["localhost", "25", "False", "False"]),
    ],
)
def test_mail_goes_as_safely_as_the_address_says(tmp_path, url, said):
    assert read(tmp_path, KIM_EMAIL_URL=url).stdout.split() == [*said, "0", "email"]


@pytest.mark.parametrize("url", ["smtp+tls://surat.contoh.id", "surat.contoh.id", "https://surat.contoh.id"])
def test_an_address_that_would_quietly_be_unsafe_stops_the_start(tmp_path, url):
    assert "KIM_EMAIL_URL" in read(tmp_path, KIM_EMAIL_URL=url).stderr


def test_a_contact_turns_pushes_on_and_makes_their_key(tmp_path):
    first, second = (read(tmp_path, KIM_PUSH_CONTACT="mailto:a@contoh.id").stdout.split() for _ in range(2))
    assert first == second and first[-2:] == ["43", "push"]
    assert (tmp_path / "push_key").exists()


def test_whatsapp_wants_its_three_settings(tmp_path):
    two = {"KIM_WHATSAPP_NUMBER": "1", "KIM_WHATSAPP_TOKEN": "t"}
    assert "whatsapp" not in read(tmp_path, **two).stdout
    assert "whatsapp" in read(tmp_path, **two, KIM_WHATSAPP_TEMPLATE="kabar").stdout
