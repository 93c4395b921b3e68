"""The notice for the board stays on one A4, however long the text."""

import re

import pytest

from kim.kernel import clock
from kim.web.queries import articles
from registry.factories import kim
from web.factories import article

BODY = "<p>" + "Kalimat panjang tentang hasil musyawarah yang perlu diketahui warga. " * 60 + "</p>"
POINT = "Musyawarah dihadiri 240 warga dari delapan dusun, termasuk wakil perempuan dan pemuda desa."
LENGTHS = {
    "everything long": {"title": "Musyawarah desa " * 10, "gist": "\n".join([POINT] * 6), "place": "Balai desa " * 14},
    "long text": {"title": "Kerja bakti", "gist": POINT},
    "no gist": {"title": "Musyawarah desa membahas jalan dan air bersih", "gist": ""},
    "many short points": {"title": "Jadwal posyandu", "gist": "\n".join(["Senin di pos ronda"] * 20)},
}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", LENGTHS)
def test_the_notice_is_one_sheet(browser, address, name):
    fields = {"body": BODY, "held_on": clock.today()} | LENGTHS[name]
    text = article(kim("35.02.19.2007"), days=1, **(fields | {"title": fields["title"][:160].strip()}))
    page = browser.new_page()
    page.goto(f"{address}{text.get_absolute_url()}cetak/")
    sheets = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))
    page.close()
    assert sheets == 1


@pytest.mark.django_db
def test_a_short_title_leaves_more_room_for_the_text():
    group = kim("35.02.19.2007")
    short = article(group, title="Kerja bakti", gist="Sabtu pagi.")
    long = article(group, title="Kerja bakti " * 12, gist="\n".join([POINT] * 5))
    assert articles.room(short, False, articles.ROOMY) > articles.room(long, False, articles.ROOMY)
    assert articles.printed(short)["setting"] == ""
    assert articles.printed(long)["setting"] == "tight"
