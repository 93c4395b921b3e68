"""Who may knock: every kind of door, from outside and with each kind of hat."""

import gzip

import brotli
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Role
from kim.doors.access import anyone, needs, public, signed_in
from kim.doors.middleware import ClosedUnlessOpenedMiddleware, ErrorMiddleware
from kim.kernel.results import NotAllowed, Refused

pages = RequestFactory()
WORDS = "<p>Kabar dari desa.</p>" * 60


def ask(view, who=ANONYMOUS, path="/x/?a=1", method="get", **headers):
    request = getattr(pages, method)(path, headers=headers)
    request.actor, request.session = who, SessionStore()
    return view(request)


@public
def open_page(request):
    return HttpResponse(WORDS)


@anyone
def form_page(request):
    return HttpResponse("formulir")


@signed_in
def own_page(request):
    return HttpResponse("akun")


@needs(Role.REGENCY, Role.PROVINCE)
def office_page(request):
    return HttpResponse("kantor")


def test_a_public_page_is_the_same_bytes_and_says_nothing_when_it_is_known():
    first, second = ask(open_page), ask(open_page)
    assert first.content == second.content
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    known = ask(open_page, **{"if-none-match": first.headers["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert not first.cookies


def test_a_public_page_travels_small():
    small = ask(open_page, **{"accept-encoding": "gzip, br"})
    assert brotli.decompress(small.content).decode() == WORDS
    assert gzip.decompress(ask(open_page, **{"accept-encoding": "gzip"}).content).decode() == WORDS
    assert "Accept-Encoding" in small.headers["Vary"]


def test_a_public_page_takes_no_forms():
    assert ask(open_page, method="post").status_code == 405


@pytest.mark.parametrize("view", [form_page, own_page, office_page])
@pytest.mark.django_db
def test_no_other_page_is_ever_kept_by_anybody(view):
    answer = ask(view, who=actor(Role.REGENCY, "35.02"))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("view", [own_page, office_page])
def test_a_stranger_is_led_to_sign_in_and_back(view):
    assert ask(view).url == "/masuk/?lanjut=%2Fx%2F%3Fa%3D1"


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "code"), [(Role.REGENCY, "35.02"), (Role.PROVINCE, "35")])
def test_the_named_hats_enter(role, code):
    assert ask(office_page, who=actor(role, code)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.VILLAGE, Role.AGENCY, Role.NATIONAL, Role.SUPPORT])
def test_every_other_hat_is_refused_with_a_reason(role):
    answer = ask(office_page, who=actor(role, "35"))
    assert answer.status_code == 403
    assert "bukan untuk peran Anda" in answer.content.decode()


def test_a_view_that_says_nothing_stays_closed():
    def silent(request):
        return HttpResponse("?")

    silent.__module__ = "kim.web.views"
    with pytest.raises(RuntimeError, match="says not who may knock"):
        ClosedUnlessOpenedMiddleware(silent).process_view(pages.get("/"), silent, (), {})


@pytest.mark.parametrize(
    ("error", "status"), [(Refused("Bukan wilayah Anda."), 403), (NotAllowed("Sudah terbit."), 409)]
)
def test_what_an_action_refuses_becomes_a_page_with_its_reason(error, status):
    request = pages.get("/")
    request.actor = ANONYMOUS
    answer = ErrorMiddleware(lambda r: None).process_exception(request, error)
    assert answer.status_code == status
    assert str(error) in answer.content.decode()
