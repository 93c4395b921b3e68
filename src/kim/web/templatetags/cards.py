"""What stands in lists: a news item, a KIM, a row of coverage. Written as text, as every page has dozens of them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString

from kim.evaluation.queries import Cover
from kim.registry.queries import Standing
from kim.search.queries import Hit
from kim.web.templatetags.charts import village_dots
from kim.web.templatetags.formats import angka, iso, tanggal
from kim.web.templatetags.ui import quoted, said, status

register = template.Library()


def _part(item: object, name: str, default: object = "") -> Any:
    value = item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
    return default if value is None else value


@register.simple_tag
def news_card(item: object, *, lead: bool = False) -> SafeString:
    """One news item: a dict or object with `url` and `title`, and as it has them `source`, `date`, `summary`, …"""
    photo, level = _part(item, "photo"), quoted(_part(item, "heading", "h3"))
    kind = " news--lead" if lead else "" if photo else " news--plain"
    source, summary = _part(item, "source"), _part(item, "summary") if lead else ""
    title = f'<a href="{quoted(_part(item, "url"))}">{said(_part(item, "title"))}</a>'
    return SafeString(
        f'<article class="news{kind}">\n{_photo(item, photo, lead) if photo else ""}<div>'
        + (f'<p class="news__source">{said(source)}</p>' if source else "")
        + f'<{level} class="news__title">{title}</{level}>'
        + (f'<p class="muted">{said(summary)}</p>' if summary else "")
        + f"{_meta(item)}</div>\n</article>\n"
    )


def _photo(item: object, photo: object, lead: bool) -> str:
    size = 'width="640" height="400"' if lead else 'width="96" height="96"'
    lazy = "" if lead or _part(item, "eager", False) else ' loading="lazy"'
    return f'<img class="news__photo" src="{quoted(photo)}" alt="{quoted(_part(item, "photo_alt"))}" {size}{lazy}>\n'


def _meta(item: object) -> str:
    label, moment = _part(item, "label"), _part(item, "date")
    when = _day(moment) if isinstance(moment, date) else said(moment)
    between = " · " if label and moment else ""
    return f'<p class="meta">{said(label)}{between}{when}</p>' if label or moment else ""


@lru_cache(maxsize=512)
def _day(moment: date) -> str:
    return f'<time datetime="{iso(moment)}">{tanggal(moment)}</time>'


@register.simple_tag
def found_card(hit: Hit) -> SafeString:
    """A text that a search found, with the words that were looked for marked."""
    return SafeString(
        f'<article class="news news--plain"><div><p class="news__source">{said(hit.source)}</p><h3 class="news__title">'
        f'<a href="{quoted(hit.url)}">{said(hit.title)}</a></h3><p>{hit.marked}</p>'
        f'<p class="meta">{_day(hit.at)}</p></div></article>'
    )


@register.simple_tag
def kim_card(kim: Mapping[str, Any]) -> SafeString:
    """A KIM in a list, with both its axes."""
    dye = f' data-dye="{quoted(kim["dye"])}"' if kim["dye"] else ""
    name = f'<h3><a href="{quoted(kim["url"])}">{said(kim["name"])}</a></h3>'
    states = f"{_standing(kim['activity'])}{_standing(kim['legal'])}"
    return SafeString(
        f'<li class="card card--village byline"{dye}><span class="stamp" aria-hidden="true">'
        f'{said(kim["initials"])}</span><div class="stack gap-2">{name}<p class="small muted">'
        f'{said(kim["place"])}</p><p class="row gap-2">{states}</p></div></li>\n'
    )


def _standing(standing: Standing) -> SafeString:
    return status(standing.text, standing.tone, standing.icon)


@register.simple_tag
def cover_row(row: Cover) -> SafeString:
    """A place below another: how many of its villages have a KIM, in words and drawn."""
    words = f"{angka(row.have)} dari {angka(row.total)} desa" if row.have else f"{angka(row.total)} desa"
    return SafeString(
        f'<li><b><a href="{row.url}">{said(row.name)}</a></b><span class="small num">{words}</span>'
        f"{village_dots(row.have, row.total)}</li>\n"
    )
