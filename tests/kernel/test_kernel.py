"""The words every floor speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import ids, phone, text
from kim.kernel.results import ALLOWED, Denied, NotAllowed, Refused, demand
from kim.kernel.workflow import Workflow, move


def test_ids_sort_by_the_time_of_their_making():
    made = [ids.new_id() for _ in range(3)]
    assert all(one.version == 7 for one in made)
    assert len(set(made)) == 3
    assert made[0].int >> 80 <= made[-1].int >> 80


def test_a_denial_reaches_the_person_with_its_reason():
    demand(ALLOWED)
    with pytest.raises(Refused, match="Hanya ketua"):
        demand(Denied("Hanya ketua yang bisa."))


def test_a_workflow_opens_only_its_own_verbs():
    table = Workflow({"send": move("draft", to="sent"), "close": move("sent", to="closed")})
    assert table.verbs("draft") == ["send"]
    assert table.after("send", "draft") == "sent"
    with pytest.raises(NotAllowed):
        table.after("send", "sent")


@pytest.mark.parametrize(
    "typed", ["0812-3456-7890", "0812 3456 7890", "+62 812 3456 7890", "62812 34567890", "812.3456.7890"]
)
def test_a_phone_number_is_one_however_it_is_typed(typed):
    assert phone.normalise(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["", "0812", "abc", "0812345678901234567", "0000000000"])
def test_a_number_that_cannot_be_called_is_refused_with_a_sentence(typed):
    with pytest.raises(phone.BadPhone) as refusal:
        phone.normalise(typed)
    assert str(refusal.value).endswith(".")


def test_a_masked_number_cannot_be_called():
    assert phone.masked("+6281234567890") == "0812••••890"


def test_spelling_does_not_hide_a_place():
    assert text.search_key("Pangkal Pinang") == text.search_key("Pangkalpinang") == "pangkalpinang"


@given(st.text())
def test_any_text_makes_a_safe_address_part(anything):
    assert text.slugify(anything).replace("-", "").isalnum()
    assert len(text.slugify(anything)) <= 80


@given(st.text())
def test_a_squeezed_name_is_one_line(anything):
    squeezed = text.squeeze(anything)
    assert squeezed == squeezed.strip() and "\n" not in squeezed and "  " not in squeezed


def test_rich_text_reads_as_words():
    assert text.plain("<p>Satu</p><p>dua &amp; <strong>tiga</strong></p>") == "Satu dua & tiga"
    assert text.excerpt("<p>" + "kata " * 100 + "</p>", 20) == "kata kata kata kata …"
