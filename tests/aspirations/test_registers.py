"""The registers of UU 14/2008 and the sheet for SP4N-LAPOR!."""

from datetime import timedelta

import pytest

from accounts.factories import actor
from aspirations.factories import SECRET, VILLAGE, agency, officer, voice
from kim.accounts.models import Role
from kim.aspirations import actions, queries
from kim.aspirations.models import Aspiration, InformationRequest, Objection
from kim.kernel import clock, workdays
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def asked(**fields) -> Aspiration:
    return voice(kind="request", text="Minta rincian APBDes 2026.", **fields)


def registered(who=None) -> InformationRequest:
    return actions.register_request(asked().id, purpose="Musyawarah", actor=who or actor(Role.VILLAGE, VILLAGE))


def test_each_body_counts_its_own_numbers_anew_each_year():
    head = actor(Role.VILLAGE, VILLAGE)
    first, second = registered(head), registered(head)
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.number == f"001/PPID/{clock.today().year}"
    InformationRequest.objects.update(year=2020)
    assert registered(head).sequence == 1
    assert actions.register_request(first.aspiration_id, actor=head) == first


def test_the_clock_is_ten_working_days_and_follows_the_extension_of_the_desk():
    head, request = actor(Role.VILLAGE, VILLAGE), registered()
    start = request.aspiration.received_at
    assert request.due_at == workdays.due_at(start, 10, "Asia/Jakarta")
    actions.accept(request.aspiration_id, actor=head)
    actions.extend(request.aspiration_id, reason="Arsip di kecamatan.", actor=head)
    request.refresh_from_db()
    assert request.due_at == workdays.due_at(start, 17, "Asia/Jakarta")
    assert request.extension_reason == "Arsip di kecamatan."


def test_a_refusal_says_on_which_ground_and_is_said_once():
    head, request = actor(Role.VILLAGE, VILLAGE), registered()
    with pytest.raises(NotAllowed):
        actions.decide_request(request.id, decision="refused", actor=head)
    actions.decide_request(request.id, decision="refused", ground="Pasal 17 huruf h.", actor=head)
    with pytest.raises(NotAllowed):
        actions.decide_request(request.id, decision="granted", actor=head)


def test_only_a_request_is_registered_and_only_by_the_desk_that_holds_it():
    with pytest.raises(NotAllowed):
        actions.register_request(voice().id, actor=actor(Role.VILLAGE, VILLAGE))
    for stranger in (actor(Role.REGENCY, "35.02"), officer(agency()), actor(Role.VILLAGE, "35.02.17.1009")):
        with pytest.raises(Refused):
            actions.register_request(asked().id, actor=stranger)
        with pytest.raises(Refused):
            actions.decide_request(registered().id, decision="granted", actor=stranger)


def test_an_objection_waits_for_the_clock_or_the_decision_and_is_replied_to_by_the_superior():
    head, request = actor(Role.VILLAGE, VILLAGE), registered()
    with pytest.raises(Refused):
        actions.object_(new_id(), request.aspiration_id, reason="c", secret="tebakan234")
    with pytest.raises(NotAllowed):
        actions.object_(new_id(), request.aspiration_id, reason="c", secret=SECRET)
    InformationRequest.objects.update(due_at=clock.now() - timedelta(days=1))
    objection = actions.object_(new_id(), request.aspiration_id, reason="c", text="Tidak dijawab.", secret=SECRET)
    assert actions.object_(new_id(), request.aspiration_id, reason="d", secret=SECRET) == objection
    for other in (actor(Role.BOARD, VILLAGE), actor(Role.REGENCY, "35.02"), actor(Role.VILLAGE, "35.02.17.1009")):
        with pytest.raises(Refused):
            actions.reply_objection(objection.id, reply="Ya.", actor=other)
    assert queries.open_objections(head) == [objection]
    actions.reply_objection(objection.id, reply="Diberikan besok.", actor=head)
    assert queries.open_objections(head) == []


def test_an_objection_to_an_agency_goes_to_the_office_of_its_area():
    pupr, diskominfo = agency(), actor(Role.REGENCY, "35.02")
    made = asked()
    Aspiration.objects.filter(id=made.id).update(holder_code="35.02", holder_agency=pupr)
    request = actions.register_request(made.id, actor=officer(pupr))
    actions.decide_request(request.id, decision="absent", actor=officer(pupr))
    objection = actions.object_(new_id(), made.id, reason="d", secret=SECRET)
    assert queries.open_objections(diskominfo) == [objection]
    actions.reply_objection(objection.id, reply="Ke Dinas lain.", actor=diskominfo)


def test_the_registers_have_a_row_for_each_and_no_name_of_an_anonymous_one():
    head = actor(Role.VILLAGE, VILLAGE)
    actions.register_request(asked(reporter_name="Warga Contoh").id, actor=head)
    actions.register_request(asked(privacy="anonymous", reporter_name="Warga Contoh").id, actor=head)
    heading, *rows = queries.request_rows(head)
    assert len(rows) == 2 and all(len(row) == len(heading) for row in rows)
    assert sorted(row[2] for row in rows) == ["", "Warga Contoh"]
    InformationRequest.objects.update(due_at=clock.now() - timedelta(days=1))
    actions.object_(new_id(), InformationRequest.objects.first().aspiration_id, reason="g", secret=SECRET)
    heading, *rows = queries.objection_rows(head)
    assert len(rows) == 1 and len(rows[0]) == len(heading)


def test_a_confidential_request_is_not_in_the_register_a_member_reads():
    actions.register_request(asked(privacy="secret").id, actor=actor(Role.VILLAGE, VILLAGE))
    assert queries.register(actor(Role.MEMBER, VILLAGE)).items == []
    assert len(queries.register(actor(Role.BOARD, VILLAGE)).items) == 1


@pytest.mark.parametrize(
    ("privacy", "said"), [("open", "Warga Contoh"), ("secret", "rahasia"), ("anonymous", "anonim")]
)
def test_the_sheet_for_lapor_keeps_the_choice_of_name(privacy, said):
    made = voice(privacy=privacy, reporter_name="Warga Contoh", text="Jalan berlubang. " * 80)
    sheet = queries.lapor_sheet(made)
    fields = {line.label: line.value for line in sheet.lines}
    assert said in fields["Pilihan nama"]
    assert len(fields["Judul laporan"]) <= 100 and len(sheet.sms) <= 459
    assert ("Warga Contoh" in str(sheet)) is (privacy == "open")


def test_the_number_of_lapor_is_kept_by_the_desk_that_holds_it():
    made, head = voice(), actor(Role.VILLAGE, VILLAGE)
    assert actions.hand_over(made.id, tracking_id=" #5512345 ", actor=head).lapor_tracking_id == "5512345"
    with pytest.raises(NotAllowed):
        actions.hand_over(made.id, tracking_id="<b>", actor=head)
    with pytest.raises(Refused):
        actions.hand_over(made.id, tracking_id="5512345", actor=actor(Role.REGENCY, "35.02"))


def test_the_registers_keep_the_words_of_whoever_asked_for_five_years_and_no_longer():
    who = actor(Role.VILLAGE, VILLAGE)
    kept, taken_back = voice(kind="request"), voice(kind="request")
    for made in (kept, taken_back):
        entry = actions.register_request(made.id, purpose="Untuk Sari Contoh.", actor=who)
        Objection.objects.create(
            request=entry, reason="c", text="Saya, Sari, menunggu.", sequence=1, due_at=clock.now()
        )
    actions.erase(taken_back.id, secret=SECRET)

    def words() -> set[str]:
        return {
            *InformationRequest.objects.values_list("purpose", flat=True),
            *Objection.objects.values_list("text", flat=True),
        }

    actions.forget_old()
    assert words() == {"Untuk Sari Contoh.", "Saya, Sari, menunggu."}
    Aspiration.objects.update(received_at=clock.now() - timedelta(days=5 * 366))
    actions.forget_old()
    assert words() == {""}
