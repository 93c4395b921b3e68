"""From a note to a gateway: planned once, sent once, late or never in time, and a dead gateway is left alone."""

import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections

from accounts.factories import person
from inbox.factories import MIDNIGHT, NOON, carry, reader, tell
from inbox.gateways import Reply
from kim.accounts.actor import Actor
from kim.accounts.queries import addresses
from kim.inbox import actions
from kim.inbox.actions import carrying
from kim.inbox.models import TRIPS_AT, Delivery, Gateway, Message, Subscription, Tally, Way
from kim.inbox.workflow import Channel, Failed, Later, Sent, State, Urgency
from kim.kernel import clock, webpush
from kim.kernel.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture(autouse=True)
def order(settings):
    settings.KIM_CHANNEL_ORDER = ["push", "whatsapp", "sms"]


def states(**where) -> list[str]:
    return sorted(Message.objects.filter(**where).values_list("state", flat=True))


def later(**delta) -> None:
    """As if so much time had passed for everything that waits."""
    for message in Message.objects.filter(state=State.WAITING):
        message.next_at -= timedelta(**delta)
        message.save()
    for gateway in Gateway.objects.exclude(paused_until=None):
        gateway.paused_until -= timedelta(**delta)
        gateway.save()


# Planning


def test_nothing_is_planned_where_no_channel_is_configured(django_assert_num_queries):
    who = reader("sms", "email")
    with django_assert_num_queries(1):
        tell(who)
    assert Delivery.objects.count() == 1 and not Message.objects.exists()
    with django_assert_num_queries(0):
        assert carry() == 0


def test_only_those_who_opened_a_way_get_a_message(sms):
    opened, silent = reader("sms"), person("Diam Contoh")
    tell(opened, silent)
    assert Message.objects.get().person_id == opened.pk
    assert Delivery.objects.count() == 2


def test_the_same_entry_told_again_plans_nothing_new(sms):
    who, entry = reader("sms"), new_id()
    for _ in range(3):
        actions.deliver(entry, [actions.Note(who.pk, "Rapat.", "/kerja/", Urgency.IMPORTANT)])
    assert Message.objects.count() == 1


def test_one_way_at_a_time_and_the_mail_beside_it(sms, whatsapp, smtp):
    tell(reader("sms", "whatsapp", "email"))
    assert set(Message.objects.values_list("channel", flat=True)) == {"whatsapp", "email"}


def test_an_emergency_goes_every_way_at_once(sms, whatsapp, smtp):
    tell(reader("sms", "whatsapp", "email"), urgency=Urgency.URGENT)
    assert set(Message.objects.values_list("channel", flat=True)) == {"sms", "whatsapp", "email"}


def test_a_thousand_people_are_planned_in_few_questions(sms, django_assert_max_num_queries):
    people = [new_id() for _ in range(1000)]
    Way.objects.bulk_create(Way(person_id=one, channel="sms", zone="Asia/Jakarta") for one in people)
    notes = [actions.Note(one, "Rapat.", "/kerja/", Urgency.IMPORTANT) for one in people]
    with django_assert_max_num_queries(8):
        actions.deliver(new_id(), notes)
    assert Message.objects.count() == 1000


# Sending


def test_a_message_is_sent_once_and_counted(sms):
    tell(reader("sms", phone="+6281200000001"))
    assert carry() == 1
    assert carry() == 0
    assert [asked.json["to"] for asked in sms.asked] == ["+6281200000001"]
    message, day = Message.objects.get(), Tally.objects.get()
    assert (message.state, message.cost) == (State.SENT, 350)
    assert (day.channel, day.sent, day.cost) == ("sms", 1, 350)


def test_the_ordinary_notes_of_a_day_are_one_letter_at_the_hour_of_the_digest(sms, settings):
    who = reader("sms")
    for n in range(3):
        tell(who, text=f"Kabar {n}.", urgency=Urgency.ORDINARY)
    assert carry() == 0
    with time_machine.travel(NOON + timedelta(hours=settings.KIM_DIGEST_HOUR - 11)):
        assert carry() == 1
    assert sms.asked[0].json["text"].startswith("KIM.id: Kabar 0. (dan 2 kabar lain)")
    assert states() == [State.SENT] * 3
    assert sum(Message.objects.values_list("cost", flat=True)) == 350


def test_the_pressing_goes_before_the_crowd(sms, settings):
    settings.KIM_PER_MINUTE = settings.KIM_PER_MINUTE | {"sms": 1}
    tell(*[reader("sms") for _ in range(5)])
    urgent = reader("sms", phone="+6281200000009")
    tell(urgent, urgency=Urgency.URGENT)
    assert carry() == 1
    assert sms.asked[0].json["to"] == urgent.phone


def test_no_more_than_the_minute_allows(sms, settings):
    settings.KIM_PER_MINUTE = settings.KIM_PER_MINUTE | {"sms": 3}
    with time_machine.travel(NOON, tick=False):
        tell(*[reader("sms") for _ in range(10)])
        assert carry() == 3
        assert carry() == 0
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert carry() == 3


def test_at_night_only_the_urgent_leaves_and_the_rest_waits_for_the_morning_there(sms):
    jakarta, papua = reader("sms"), reader("sms", zone="Asia/Jayapura")
    with time_machine.travel(MIDNIGHT):
        tell(jakarta, papua)
        tell(jakarta, urgency=Urgency.URGENT)
        assert carry() == 1
    with time_machine.travel(MIDNIGHT + timedelta(hours=3, minutes=10)):  # 05.10 WIT, 03.10 WIB
        assert carry() == 1
    with time_machine.travel(MIDNIGHT + timedelta(hours=5, minutes=10)):
        assert carry() == 1


def test_what_was_read_meanwhile_is_not_announced(sms):
    who = reader("sms")
    tell(who)
    actions.read(Delivery.objects.get().pk, actor=Actor(who.pk))
    assert carry() == 0 and not sms.asked
    assert Message.objects.get().reason == "Sudah dibaca di KIM.id."


def test_a_closed_way_sends_nothing_that_waited(sms):
    who = reader("sms")
    tell(who)
    actions.close_way(who.pk, "sms")
    assert carry() == 0 and states() == [State.GIVEN_UP]


def test_whoever_has_left_has_no_address(sms):
    who = reader("sms")
    tell(who)
    who.is_active = False
    who.save()
    carry()
    assert not sms.asked and states() == [State.FAILED]


def test_a_browser_that_is_gone_is_forgotten(push):
    who = reader("push")
    key = webpush.public_key(webpush.new_key())
    actions.subscribe(who.pk, endpoint=f"{push.url}/lama", p256dh=key, auth=webpush.to_text(b"0" * 16))
    push.usual = Reply(410)
    tell(who)
    carry()
    assert not Subscription.objects.exists() and states() == [State.FAILED]


# When it does not work


def test_a_failed_message_goes_on_by_the_next_way(sms, whatsapp):
    whatsapp.replies = [Reply(400, {"error": {"code": 131026}})]
    tell(reader("whatsapp", "sms"))
    carry()
    carry()
    assert list(Message.objects.order_by("channel").values_list("channel", "state")) == [
        ("sms", State.SENT), ("whatsapp", State.FAILED),
    ]  # fmt: skip
    assert [asked.path for asked in sms.asked] == ["/v23.0/1055/messages", "/kirim"]


def test_what_is_put_off_comes_back_later_each_time_and_ends(sms):
    who = reader("sms")
    tell(who)
    waits = []
    for _ in range(carrying.MOST_TRIES):
        actions.carry({"sms": lambda letter: Later("Sibuk.", is_gateway=False)}, addresses)
        message = Message.objects.get()
        waits.append((message.next_at - clock.now()).total_seconds())
        later(hours=2)
    assert waits[0] < waits[2] < waits[4]
    assert 20 < waits[0] < 40
    assert states() == [State.FAILED]


def test_those_put_off_together_do_not_come_back_together(sms):
    tell(*[reader("sms") for _ in range(8)])
    actions.carry({"sms": lambda letter: Later("Sibuk.", is_gateway=False)}, addresses)
    moments = {message.next_at.replace(microsecond=0) for message in Message.objects.all()}
    assert len(moments) > 4


def test_a_gateway_that_asks_for_patience_is_left_alone_as_long(sms):
    sms.usual = Reply(429, headers={"Retry-After": "120"})
    tell(*[reader("sms") for _ in range(20)])
    carry()
    asked = len(sms.asked)
    assert asked <= carrying.AT_ONCE
    carry()
    assert len(sms.asked) == asked
    pause = Gateway.objects.get().paused_until - clock.now()
    assert timedelta(seconds=100) < pause <= timedelta(seconds=150)


def test_a_yes_that_was_under_way_does_not_end_the_patience_a_gateway_asked_for(sms):
    sms.replies = [Reply(429, headers={"Retry-After": "300"})]
    sms.usual = Reply(200, after=0.3)
    tell(*[reader("sms") for _ in range(8)])
    assert carry() == 7
    assert Gateway.objects.get().paused_until > clock.now() + timedelta(seconds=200)


def test_rows_stay_few_however_long_a_gateway_is_away(sms, settings):
    settings.KIM_SMS_URL = "http://127.0.0.1:9/"
    people, most = [reader("sms") for _ in range(3)], 0
    for day in range(40):
        with time_machine.travel(NOON + timedelta(days=day), tick=True):
            tell(*people)
            carry()
            actions.give_up_late()
            actions.forget_old()
            most = max(most, Message.objects.filter(state=State.WAITING).count())
    assert most <= 6
    assert Message.objects.count() <= 3 * 31
    assert sum(Tally.objects.values_list("given_up", flat=True)) >= 3 * 38 - 3 * carrying.MOST_TRIES


def test_a_dead_gateway_is_asked_by_one_letter_after_growing_pauses(sms, settings):
    settings.KIM_SMS_URL = "http://127.0.0.1:9/"
    tell(*[reader("sms") for _ in range(30)])
    carry()
    gateway = Gateway.objects.get()
    assert gateway.failures == TRIPS_AT and gateway.last_trouble == "Gerbang tidak dapat dihubungi."
    pauses, asked = [], []
    for _ in range(5):
        later(hours=2)
        letters = []
        actions.carry({"sms": lambda letter: letters.append(letter) or Later("Mati.")}, addresses)  # noqa: B023
        asked.append(len(letters))
        pauses.append((Gateway.objects.get().paused_until - clock.now()).total_seconds())
    assert asked == [1] * 5
    assert pauses[0] < pauses[2] < pauses[4] <= 4500


def test_a_gateway_that_is_back_is_trusted_again(sms):
    sms.replies = [Reply(500)] * 8
    tell(*[reader("sms") for _ in range(30)])
    carry()
    later(hours=1)
    assert carry() >= 22
    assert Gateway.objects.get().failures == 0


def test_where_a_gateway_stays_away_the_next_way_takes_over(sms, whatsapp):
    both, only = reader("whatsapp", "sms"), reader("whatsapp")
    tell(both, only)
    Gateway.objects.create(channel="whatsapp", failures=TRIPS_AT, paused_until=clock.now() + timedelta(hours=1))
    assert actions.turn_aside() == 0
    Message.objects.update(next_at=clock.now() - timedelta(minutes=16))
    assert actions.turn_aside() == 1
    assert carry() == 1
    assert sms.asked[0].json["to"] == both.phone
    assert states(person_id=only.pk) == [State.WAITING]


def test_what_waits_too_long_says_nothing_new(sms, settings):
    tell(*[reader("sms") for _ in range(4)])
    settings.KIM_SMS_URL = ""
    assert actions.give_up_late() == 0
    with time_machine.travel(NOON + timedelta(days=1, minutes=1)):
        assert actions.give_up_late() == 4
    assert Tally.objects.get().given_up == 4
    with time_machine.travel(NOON + timedelta(days=31)):
        assert actions.forget_old() == 4
    assert not Message.objects.exists() and Tally.objects.exists()


def test_an_adapter_that_breaks_breaks_nothing_else(sms, caplog):
    def broken(letter):
        raise ValueError("rahasia-sms")

    tell(reader("sms"))
    actions.carry({"sms": broken}, addresses)
    message = Message.objects.get()
    assert message.state == State.WAITING and message.reason == "Gangguan di sisi kami."
    assert "ValueError" in caplog.text and "rahasia" not in caplog.text


def test_a_slow_gateway_ends_its_turn(sms):
    tell(*[reader("sms") for _ in range(40)])
    begun = time.monotonic()
    taken = actions.carry({"sms": lambda letter: time.sleep(0.3) or Sent()}, addresses, seconds=0.5)
    assert time.monotonic() - begun < 2
    assert 8 <= taken <= 24


def test_a_worker_that_died_in_between_loses_nothing(sms):
    tell(reader("sms"))
    Gateway.objects.create(channel="sms")
    assert carrying._borrow(Channel.SMS, addresses)  # and then the power went
    assert carry() == 0
    later(minutes=6)
    assert carry() == 1


def test_whoever_lost_the_loan_does_not_write(sms):
    tell(reader("sms"))
    Gateway.objects.create(channel="sms")
    [slow] = carrying._borrow(Channel.SMS, addresses)
    later(minutes=6)
    assert carry() == 1
    carrying._settle(Channel.SMS, slow, Failed("Terlambat."))
    assert states() == [State.SENT]


# At once


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_everything_once(sms):
    tell(*[reader("sms") for _ in range(60)])

    def work():
        for _ in range(30):
            carry(seconds=1)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    numbers = [asked.json["to"] for asked in sms.asked]
    assert len(numbers) == len(set(numbers)) == 60
    assert states() == [State.SENT] * 60
    assert Tally.objects.get().sent == 60


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_gateway_thinks(sms):
    tell(reader("sms"))
    seen = []

    def look(letter):
        seen.append(len(holding()))
        return Sent()

    def holding():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()"
            )
            found = cursor.fetchall()
        connections.close_all()
        return found

    actions.carry({"sms": look}, addresses)
    assert seen == [0]


@pytest.mark.django_db(transaction=True)
def test_a_silent_gateway_slows_no_page(sms, client):
    sms.usual = Reply(after=3)
    tell(*[reader("sms") for _ in range(16)])

    def work():
        carry(seconds=2)
        connections.close_all()

    client.get("/sehat/"), client.get("/masuk/")
    worker = threading.Thread(target=work)
    worker.start()
    slowest = 0.0
    while worker.is_alive():
        begun = time.monotonic()
        client.get("/masuk/")
        slowest = max(slowest, time.monotonic() - begun)
        time.sleep(0.05)
    worker.join()
    assert slowest < 1.5
