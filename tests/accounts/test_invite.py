"""The first official of an installation comes in by a command; people hear of hats and codes."""

import pytest
from django.core.management import CommandError, call_command

from accounts.factories import actor, official, person
from kim.accounts import actions
from kim.accounts.models import Person, Role
from kim.accounts.notices import NOTICES
from kim.ledger.models import Entry
from regions.factories import plant

pytestmark = pytest.mark.django_db


def test_the_command_prints_a_code_that_opens(capsys, client):
    plant("35.02")
    call_command("invite", "Bima Contoh", role="province", region="35", email="bima@contoh.id")
    link = capsys.readouterr().out.split()[-1]
    assert "B••• C•••••" in client.get(link.partition("8000")[2]).content.decode()
    assert Person.objects.get().mandates.get().role == Role.PROVINCE


@pytest.mark.parametrize(
    "wrong",
    [{"region": "x"}, {"region": "99"}, {"role": "province", "region": "35.02"}, {"email": ""}, {"phone": "1"}],
)
def test_a_wrong_invitation_is_one_sentence(wrong):
    plant("35.02")
    with pytest.raises(CommandError):
        call_command("invite", "Bima", **({"role": "regency", "region": "35.02", "email": "b@contoh.id"} | wrong))
    assert not Person.objects.exists()


def notes(verb):
    return [note.text for entry in Entry.objects.filter(verb=verb) for note in NOTICES[verb](entry)]


def test_people_hear_of_their_hats_and_of_codes_made_for_them():
    plant("35.02")
    giver, who = actor(Role.PROVINCE, "35", name="Ibu Rini"), person(email="bima@contoh.id")
    hat = actions.give_mandate(who.pk, role=Role.REGENCY, region="35.02", actor=giver)
    actions.issue_code(who.pk, actor=giver)
    actions.drop_second_factor(who.pk, actor=giver)
    actions.end_mandate(hat.pk, actor=giver)
    assert "Diskominfo kabupaten/kota Kabupaten Ponorogo" in notes("mandate.given")[0]
    assert "Ibu Rini membuat kode masuk" in notes("code.issued")[0]
    assert "Ibu Rini menghapus faktor kedua" in notes("factor.dropped")[0]
    assert "sudah berakhir" in notes("mandate.ended")[0]


def test_whoever_lays_down_a_hat_is_not_told_so():
    who = official()
    hat = who.mandates.get()
    actions.end_mandate(hat.pk, actor=actor(Role.PROVINCE, "35"))
    assert len(notes("mandate.ended")) == 1
