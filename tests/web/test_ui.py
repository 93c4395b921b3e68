"""The parts of a page: fields, statuses, layouts and the living sheet."""

from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages.storage.base import BaseStorage
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from kim.evaluation.queries import Cover
from kim.registry.queries import Standing
from kim.web.components import specimens

rf = RequestFactory()


class Quiet(BaseStorage):
    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


def drawn(source: str, path: str = "/kabar/", **context: object) -> str:
    return Template(source).render(Context({"request": rf.get(path), **context}))


def whole(name: str, path: str = "/", **context: object) -> str:
    request = rf.get(path)
    request._messages = Quiet(request)
    return render_to_string(name, context, request=request)


class Sample(forms.Form):
    name = forms.CharField(label="Nama KIM", help_text="Pendek.")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    day = forms.DateField(label="Tanggal SK", required=False)
    kind = forms.ChoiceField(
        label="Keputusan", choices=[("ya", "Setujui"), ("tidak", "Tolak")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Saya paham")


def test_a_field_shows_label_hint_error_and_input_in_this_order():
    page = drawn("{% load form_parts %}{% field form.name %}", form=Sample({}))
    order = [
        page.index('for="id_name"'),
        page.index('id="id_name_hint"'),
        page.index('id="id_name_error"'),
        page.index("<input"),
    ]
    assert order == sorted(order)
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_hint id_name_error"' in page
    assert "Nama KIM belum diisi" in page


def test_an_optional_field_says_it_may_stay_empty():
    assert "(boleh kosong)" in drawn("{% load form_parts %}{% field form.note %}", form=Sample())


def test_a_date_field_is_a_calendar():
    page = drawn("{% load form_parts %}{% field form.day %}", form=Sample(initial={"day": "2025-11-22"}))
    assert 'type="date"' in page


def test_choices_are_cards_in_a_fieldset():
    page = drawn("{% load form_parts %}{% field form.kind %}", form=Sample())
    assert page.count('class="choice"') == 2
    assert "<legend>Keputusan" in page


def test_the_summary_leads_to_the_fields():
    page = drawn("{% load form_parts %}{% error_summary form %}", form=Sample({}))
    assert "Ada 3 yang perlu dibetulkan" in page
    assert 'href="#id_kind_0"' in page


def test_a_form_without_errors_has_no_summary():
    assert drawn("{% load form_parts %}{% error_summary form %}", form=Sample()).strip() == ""


def test_what_people_typed_is_escaped_in_every_part():
    evil = "<img src=x onerror=alert(1)>"
    page = drawn(
        "{% load cards charts ui %}{% status text %}{% note text %}{% empty text %}{% news_card item %}{% kim_card kim %}"
        "{% cover_row cover %}{% status text tone=text icon=text %}"
        "{% breadcrumbs crumbs %}{% bar_chart rows %}",
        text=evil,
        item={"url": "/x/", "title": evil, "source": evil, "photo": '"><script>', "photo_alt": evil},
        crumbs=[(evil, '"><script>')],
        rows=[(evil, 1)],
        kim={"url": '"><script>', "name": evil, "initials": evil, "dye": '"><script>', "place": evil}
        | {"legal": Standing(evil, "", "info", ""), "activity": Standing(evil, "", "info", "")},
        cover=Cover("35", "province", evil, evil, 1, 1, 1, 1, 2),
    )
    assert "<img src=x" not in page
    assert "<script>" not in page


def test_a_stretch_drawn_once_is_drawn_anew_for_other_values_and_sees_nothing_else():
    source = "{% load ui %}{% once a %}{{ a }}{% if secret %}{{ secret }}{% endif %}{% endonce %}"
    template = Template(source)
    pages = [template.render(Context({"a": a, "secret": secret})) for a, secret in ((1, "x"), (1, "y"), (2, "z"))]
    assert pages == ["1", "1", "2"]


def test_an_icon_may_be_named_by_a_variable():
    assert drawn('{% load ui %}{% icon "pin" %}') == drawn("{% load ui %}{% icon name %}", name="pin")
    assert "<script>" not in drawn("{% load ui %}{% icon name %}", name='"><script>')


def test_a_news_card_takes_an_object_too():
    item = SimpleNamespace(url="/a/", title="Panen durian", source="KIM Ngebel")
    page = drawn("{% load cards %}{% news_card item %}", item=item)
    assert "news--plain" in page
    assert 'href="/a/"' in page


def test_the_menu_marks_where_one_is():
    assert drawn('{% load ui %}<a {% href "/kabar/" %}>') == '<a aria-current="page" href="/kabar/">'
    assert (
        drawn('{% load ui %}<a {% href "/kabar/" %}>', path="/kabar/wisata/")
        == '<a aria-current="true" href="/kabar/">'
    )
    assert drawn('{% load ui %}<a {% href "/kabar/" %}>', path="/kim/") == '<a href="/kabar/">'


@override_settings(KIM_BASE_URL="https://kim.example")
def test_the_menu_of_a_kims_own_host_leads_back_to_the_main_one():
    request = rf.get("/")
    request.kim_slug = "telaga-ngebel"
    page = Template('{% load ui %}<a {% href "/kabar/" %}>').render(Context({"request": request}))
    assert page == '<a href="https://kim.example/kabar/">'


@pytest.mark.parametrize("name", ["404.html", "403.html", "409.html", "429.html", "500.html"])
def test_an_error_page_says_what_to_do_next(name):
    page = whole(name, reason="Hanya ketua yang boleh menerbitkan.", fitting=[])
    assert page.count("<h1>") == 1
    assert "csrf" not in page


def test_the_page_of_a_broken_server_needs_no_context():
    assert "Bukan salah Anda" in render_to_string("500.html")


def test_the_demo_says_it_is_one():
    with override_settings(KIM_DEMO=True):
        assert 'class="demo"' in whole("404.html")
    with override_settings(KIM_DEMO=False):
        assert 'class="demo"' not in whole("404.html")


@pytest.mark.parametrize("layout", ["desk", "office", "step", "public"])
def test_every_layout_has_one_main_and_a_skip_link(layout):
    page = whole(f"layouts/{layout}.html", queue_count=0)
    assert page.count('<main id="isi"') == 1
    assert 'href="#isi"' in page
    assert '<html lang="id">' in page


def test_the_living_sheet_can_be_drawn():
    page = whole("web/components.html", "/komponen/", **specimens())
    assert "Kentongan" in page
    assert "error-summary" in page
