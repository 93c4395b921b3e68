"""A form sent twice under one key happens once and answers twice the same."""

import pytest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from accounts.factories import actor, person
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Person, Role
from kim.doors.models import Replay
from kim.doors.replay import once
from kim.doors.templatetags.doors import idempotency_key
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed

pytestmark = pytest.mark.django_db


@once
def make(request):
    if request.POST.get("wrong"):
        return HttpResponse("betulkan", status=200)
    made = person(request.POST["name"])
    return redirect(f"/orang/{made.pk}/")


def send(key, who=ANONYMOUS, path="/x/", **data):
    request = RequestFactory().post(path, {"kunci": key, "name": "Ani"} | data)
    request.actor = who
    return make(request)


def test_the_second_arrival_is_led_where_the_first_was():
    key = new_id()
    assert send(key).url == send(key).url
    assert Person.objects.count() == 1


def test_another_key_is_another_form():
    assert send(new_id()).url != send(new_id()).url


def test_without_a_key_every_form_counts():
    send("")
    send("bukan kunci")
    assert Person.objects.count() == 2


def test_a_form_that_came_back_may_be_sent_again_under_its_key():
    key = new_id()
    assert send(key, wrong="1").status_code == 200
    assert send(key).status_code == 302
    assert Replay.objects.count() == 1


def test_a_key_belongs_to_its_sender_and_its_page():
    key, sender = new_id(), actor(Role.VILLAGE)
    send(key, who=sender)
    for thief in ({"who": actor(Role.VILLAGE)}, {"who": sender, "path": "/y/"}):
        with pytest.raises(NotAllowed):
            send(key, **thief)


def test_the_key_of_a_returned_form_is_the_one_it_was_sent_with():
    request = RequestFactory().post("/x/", {"kunci": (key := new_id())})
    assert str(key) in idempotency_key({"request": request})
    assert idempotency_key({}) != idempotency_key({})
