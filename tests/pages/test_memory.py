"""What one process keeps: bounded, found by tag, old after a touch, and never younger than what it shows."""

from time import monotonic

from hypothesis import given
from hypothesis import strategies as st

from kim.pages import memory
from kim.pages.memory import GRACE, Memory
from kim.pages.packed import OVERHEAD, Page

SIZE = 1000


def page(*tags: str, born: float | None = None, until: float | None = None) -> Page:
    born = monotonic() if born is None else born
    return Page([("ETag", '"x"')], b"g" * SIZE, b"b" * SIZE, tags=tags, born=born, until=until or born + 999)


def test_a_touch_ends_what_shows_it_within_the_grace_and_nothing_else():
    kept = Memory(10**6)
    kept.put("a", page("kim:1", "region:35"))
    kept.put("b", page("kim:2"))
    kept.touch({"region:35"})
    assert kept.pages["a"].is_old and kept.pages["a"].until <= monotonic() + GRACE
    assert not kept.pages["b"].is_old


def test_a_star_touches_everything():
    kept = Memory(10**6)
    kept.put("a", page("kim:1"))
    kept.touch({"*"})
    assert kept.pages["a"].is_old


def test_a_page_begun_before_a_touch_gets_only_what_is_left_of_its_grace():
    kept = Memory(10**6)
    born = monotonic()
    kept.touch({"kim:1"})
    late = page("kim:1", born=born)
    kept.put("a", late)
    assert late.is_old and late.until <= monotonic() + GRACE
    kept.put("a", page("kim:1"))
    assert not kept.pages["a"].is_old


def test_a_second_touch_does_not_lengthen_the_life_of_an_old_page():
    kept = Memory(10**6)
    kept.put("a", page("kim:1"))
    kept.touch({"kim:1"})
    first = kept.pages["a"].until
    kept.touch({"kim:1"})
    assert kept.pages["a"].until == first


def test_what_has_ended_is_gone():
    kept = Memory(10**6)
    assert not kept.put("a", page("kim:1", until=monotonic() - 1))
    assert kept.get("a") is None and kept.bytes == 0


def test_beyond_the_bound_what_was_not_read_goes_first():
    kept = Memory(3 * (2 * SIZE + OVERHEAD))
    for key in "abc":
        kept.put(key, page(f"kim:{key}"))
    kept.pages["a"].is_used = True
    kept.put("d", page("kim:d"))
    assert set(kept.pages) == {"a", "c", "d"}


def test_a_forgotten_touch_leaves_no_rest(monkeypatch):
    monkeypatch.setattr(memory, "REMEMBERED", 0.0)
    kept = Memory(10**6)
    for number in range(50):
        kept.touch({f"kim:{number}"})
    assert len(kept._touches) <= 2


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["put", "drop", "touch"]), st.integers(0, 3))))
def test_the_count_of_bytes_and_the_index_of_tags_are_always_right(steps):
    kept = Memory(4 * (2 * SIZE + OVERHEAD))
    for key, step, number in steps:
        if step == "put":
            kept.put(key, page(f"kim:{number}"))
        elif step == "drop":
            kept.drop(key)
        else:
            kept.touch({f"kim:{number}"})
        assert kept.bytes == sum(one.size for one in kept.pages.values()) <= kept.most_bytes
        shown = {(tag, key) for key, one in kept.pages.items() for tag in one.tags}
        assert shown == {(tag, key) for tag, keys in kept._by_tag.items() for key in keys}
