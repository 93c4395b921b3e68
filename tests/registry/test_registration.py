"""A KIM on its way from a draft to a number."""

import pytest

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Mandate, Person, Role
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.queries import timeline
from kim.registry import actions, queries
from kim.registry.models import Kim
from kim.registry.workflow import DecreeStage, Outcome, Stage
from regions.factories import plant
from registry.factories import submitted

pytestmark = pytest.mark.django_db


def test_an_approved_kim_has_number_address_decree_and_a_board_hat():
    kim, officer = submitted(), actor(Role.REGENCY, "35.02")
    actions.approve(kim.id, actor=officer)
    kim.refresh_from_db()
    assert (kim.stage, kim.registry_number, kim.slug) == (
        Stage.REGISTERED,
        "KIM-3502171008-01",
        "teluk-contoh",
    )
    assert queries.first_decree(kim).stage == DecreeStage.ACCEPTED
    person = Person.objects.get(phone="+6281234567890")
    hat = Mandate.objects.get(person=person)
    assert (hat.role, hat.kim_id, hat.label) == (Role.BOARD, kim.id, "Ketua KIM Teluk Contoh")
    assert kim.created_by == person
    assert kim.members.get(person=person).name == "Rahma Contoh"
    assert queries.last_review(kim).outcome == Outcome.APPROVED
    assert [e.verb for e in timeline(kim.key)][-1] == "kim.approved"


def test_a_returned_registration_is_mended_and_sent_again():
    kim, officer = submitted(), actor(Role.REGENCY, "35.02")
    actions.return_(kim.id, actor=officer, note="Tanggal SK berbeda dari suratnya.")
    kim.refresh_from_db()
    assert kim.stage == Stage.RETURNED
    assert queries.first_decree(kim).stage == DecreeStage.RETURNED
    with pytest.raises(Refused):
        actions.save_profile(kim.id, actor=ANONYMOUS, code="SALAHKOD", fields={"name": "X"}, channels=None)


def test_the_second_officer_hears_that_it_is_decided_already():
    kim = submitted()
    actions.approve(kim.id, actor=actor(Role.REGENCY, "35.02"))
    with pytest.raises(NotAllowed):
        actions.return_(kim.id, actor=actor(Role.REGENCY, "35.02"), note="Kurang jelas.")


def test_only_the_number_of_a_draft_is_kept_as_a_digest():
    kim, code = actions.begin(actor=ANONYMOUS, name="Rahma Contoh", phone="+6281234567890")
    stored = Kim.objects.get(pk=kim.pk)
    assert code not in stored.resume_hash and stored.opens_with(code) and not stored.opens_with("")
    assert queries.to_resume("+6281234567890", code) == kim
    assert queries.to_resume("+6281234567891", code) is None


@pytest.mark.parametrize(
    ("named", "chosen"), [("35.02.19.2007", "35.02.19.2007"), ("35.02", None), ("99.99.99.9999", None)]
)
def test_a_registration_begun_on_a_village_page_knows_the_village(client, named, chosen):
    plant("35.02.19.2007")
    form = {"name": "Ani Contoh", "phone": "081234567890"}
    assert client.post(f"/daftar-kim/?desa={named}", form).status_code == 302
    assert Kim.objects.get().region_id == chosen
