"""The shipped stylesheets are made from their sources and stay small."""

import gzip
import re

import pytest

from kim.web.stylesheets import BUILT, DESK, PUBLIC, SOURCES, STATIC, build, minified

KB = 1024
BUDGETS = {"public.css": 8.5 * KB, "desk.css": 5 * KB}


@pytest.mark.parametrize("name", BUDGETS)
def test_the_built_stylesheet_is_up_to_date(name):
    assert (BUILT / name).read_text(encoding="utf-8") == build()[name], "run ./kim manage stylesheets"


@pytest.mark.parametrize(("name", "budget"), BUDGETS.items())
def test_the_built_stylesheet_keeps_its_budget(name, budget):
    assert len(gzip.compress(build()[name].encode())) <= budget


def test_every_source_is_shipped_once():
    named = [*PUBLIC, *DESK]
    assert len(named) == len(set(named))
    assert {path.stem for path in SOURCES.rglob("*.css")} == set(named)


def test_scripts_together_stay_under_twenty_kilobytes():
    scripts = sorted((STATIC / "js").glob("*.js"))
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= 20 * KB


def test_shrinking_keeps_quoted_text_and_sums():
    css = '/* why */ .a > .b { content: "x ;  y"; inline-size: calc(100% + 2 * var(--edge)); gap: 0.5rem; }'
    assert minified(css) == '.a>.b{content:"x ;  y";inline-size:calc(100% + 2 * var(--edge));gap:.5rem}'


def test_every_custom_property_used_is_defined():
    css = "".join(build().values())
    used = set(re.findall(r"var\((--[\w-]+)\)", css))
    assert used <= set(re.findall(r"(--[\w-]+):", css))


def test_braces_are_balanced_in_every_bundle():
    for css in build().values():
        assert css.count("{") == css.count("}")
