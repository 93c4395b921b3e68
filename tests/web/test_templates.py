"""No template brings its own style or script, and every icon named exists."""

import re
from pathlib import Path

import pytest

import kim
from kim.web.components import icon_names

TEMPLATES = sorted(Path(kim.__file__).parent.rglob("templates/**/*.html"))
SOURCE = Path(kim.__file__).parent


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_has_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
    for attributes in re.findall(r"<script([^>]*)>", text):
        assert "src=" in attributes or "application/ld+json" in attributes


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_trusts_no_text(path):
    assert not re.search(r"\|\s*safe\b|\bsafeseq\b|autoescape off", path.read_text(encoding="utf-8"))


def test_every_icon_named_in_a_template_is_drawn():
    named = {
        (name, name_of(path))
        for path in TEMPLATES
        for name in re.findall(r"""\{%\s*icon\s+["']([^"']+)""", path.read_text(encoding="utf-8"))
        + re.findall(r"""\{%[^%]*\bicon=["']([^"']+)""", path.read_text(encoding="utf-8"))
    }
    assert {pair for pair in named if pair[0] not in icon_names()} == set()
