"""A one-time code: shown once, good for one person, one use, one week."""

from datetime import timedelta

import pytest
import time_machine

from accounts.factories import actor, mandate, official, person
from kim.accounts import actions, queries
from kim.accounts.actions.codes import ALPHABET
from kim.accounts.actor import SYSTEM
from kim.accounts.models import Consent, EntryCode, Person, Role
from kim.kernel import clock
from kim.kernel.results import Denied, NotAllowed, Refused
from kim.ledger.models import Entry

pytestmark = pytest.mark.django_db
PIN = "846291"


@pytest.fixture
def head():
    who = person("Darmi Contoh")
    mandate(who, Role.VILLAGE)
    return who


def use(code, secret=PIN):
    return actions.use_code(code, secret=secret, text_version="2026-11", channel="kode")


def test_a_code_has_eight_letters_nobody_confuses(head):
    code = actions.issue_code(head.pk, actor=SYSTEM)
    assert len(code) == 8
    assert not set(code) - set(ALPHABET)
    assert not set("01OI") & set(ALPHABET)


def test_the_plain_code_is_kept_nowhere(head):
    code = actions.issue_code(head.pk, actor=actor(Role.REGENCY, "35.02"))
    row = EntryCode.objects.get()
    assert code not in (row.secret, row.selector)
    assert code not in str(Entry.objects.get(verb="code.issued").data)
    assert row.made_by.name == "Sari Contoh"


def test_using_it_sets_the_pin_and_writes_the_consent_down(head):
    code = actions.issue_code(head.pk, actor=SYSTEM)
    assert use(code) == head
    consent = Consent.objects.get()
    assert (consent.text_version, consent.channel) == ("2026-11", "kode")
    assert consent.hat.startswith("Kepala desa")
    assert Person.objects.get().check_pin(PIN)
    assert Entry.objects.filter(verb="code.used", key=head.key).exists()


def test_it_may_be_typed_small_and_with_a_dash(head):
    code = actions.issue_code(head.pk, actor=SYSTEM)
    assert use(f" {code[:4].lower()}-{code[4:].lower()} ") == head


def test_it_opens_once(head):
    code = actions.issue_code(head.pk, actor=SYSTEM)
    use(code)
    with pytest.raises(NotAllowed, match="sudah dipakai"):
        use(code, "739164")
    assert Person.objects.get().check_pin(PIN)


def test_it_dies_after_a_week(head):
    code = actions.issue_code(head.pk, actor=SYSTEM)
    with time_machine.travel(clock.now() + timedelta(days=7, seconds=1)), pytest.raises(NotAllowed, match="tujuh hari"):
        use(code)


def test_a_new_code_ends_the_old_one(head):
    old = actions.issue_code(head.pk, actor=SYSTEM)
    new = actions.issue_code(head.pk, actor=SYSTEM)
    assert isinstance(actions.try_code(old), Denied)
    assert use(new) == head


def test_five_wrong_second_halves_kill_it(head):
    code = actions.issue_code(head.pk, actor=SYSTEM)
    for _ in range(actions.MAX_TRIES):
        assert isinstance(actions.try_code(code[:4] + "2222"), Denied)
    with pytest.raises(NotAllowed, match="dimatikan"):
        use(code)


@pytest.mark.parametrize("text", ["", "X", "ABCDEFGH", "🙂🙂🙂🙂", "A" * 10_000])
def test_a_code_that_never_was_is_not_known(head, text):
    actions.issue_code(head.pk, actor=SYSTEM)
    assert isinstance(actions.try_code(text), Denied)


@pytest.mark.parametrize(
    "pin", ["123456", "654321", "000000", "121212", "123123", "170845", "12345", "12345a", "٣٤٥٦٧٨", ""]
)
def test_a_pin_a_neighbour_would_guess_is_refused_and_the_code_stays_good(head, pin):
    code = actions.issue_code(head.pk, actor=SYSTEM)
    with pytest.raises(Refused):
        use(code, pin)
    assert use(code) == head


def test_the_end_of_the_own_phone_number_is_no_pin():
    who = person(phone="+6281234846291")
    mandate(who, Role.VILLAGE)
    with pytest.raises(Refused, match="nomor HP"):
        use(actions.issue_code(who.pk, actor=SYSTEM))


def test_an_officials_code_sets_a_password_and_no_pin():
    who = official()
    code = actions.issue_code(who.pk, actor=SYSTEM)
    with pytest.raises(Refused):
        use(code, "pendek")
    use(code, "kentongan di pagi hari")
    who.refresh_from_db()
    assert who.check_password("kentongan di pagi hari")
    assert not who.pin


def test_a_person_known_by_phone_is_not_made_twice():
    first = actions.enrol(name="  Ani   Contoh ", phone="+6281234567890", actor=SYSTEM)
    assert actions.enrol(name="Ani Lain", phone="+6281234567890", actor=SYSTEM) == first
    assert first.name == "Ani Contoh"
    with pytest.raises(NotAllowed):
        actions.enrol(name="Tanpa apa-apa", actor=SYSTEM)


def test_people_made_in_a_demo_are_demo_people(settings):
    settings.KIM_DEMO = True
    assert actions.enrol(name="Ani", phone="+6281234567890", actor=SYSTEM).is_demo
    assert not queries.has_real_people()
