"""A region says by command what its rules are, and whether they hold back."""

import pytest
from django.core.management import CommandError, call_command

from kim.ledger.models import Entry
from kim.regions.models import LocalRule
from kim.regions.queries import rule
from regions.factories import plant

pytestmark = pytest.mark.django_db


def test_a_rule_set_by_command_is_in_force_there_and_in_the_ledger(capsys):
    plant("35.02.17.1008")
    call_command("rule", "minimum_members", "10", region="35.02", block=True, source="SE 14/2022")
    found = rule("35.02.17.1008", "minimum_members")
    assert (found.value, found.is_blocking, found.source) == (10, True, "SE 14/2022")
    assert Entry.objects.get(verb="rule.set").region_code == "35.02"
    assert "menahan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "value", "region"),
    [
        ("minimum_members", "sepuluh", "35.02"),
        ("minimum_members", "[1]", "35.02"),
        ("minimum_members", "7", "99"),
        ("registry_number_format", "KIM-{code}", "35.02"),
        ("registry_number_format", "KIM-{x}", "35.02"),
    ],
)
def test_a_rule_that_cannot_be_read_changes_nothing(key, value, region):
    plant("35.02")
    with pytest.raises(CommandError):
        call_command("rule", key, value, region=region)
    assert not LocalRule.objects.exists()
