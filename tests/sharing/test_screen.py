"""The screen in the village hall: what it shows, how it turns, and that it goes on without a network."""

import pytest
from playwright.sync_api import expect

from registry.factories import kim
from web.factories import article

NGEBEL, NEAR, FAR = "35.02.19.2007", "35.02.19.2006", "35.02.17.1008"
TV = {"width": 1920, "height": 1080}


@pytest.mark.django_db
def test_a_quiet_village_is_joined_by_its_neighbours(client):
    own, near, far = article(kim(NGEBEL)), article(kim(NEAR)), article(kim(FAR))
    shown = client.get(f"/layar/{NGEBEL}/").content.decode()
    assert shown.index(own.title) < shown.index(near.title) < shown.index(far.title)
    assert "Layar Desa Ngebel" in shown


@pytest.mark.django_db
def test_a_village_with_enough_to_say_speaks_for_itself(client):
    group = kim(NGEBEL)
    for n in range(12):
        article(group, days=n)
    other = article(kim(FAR), title="Dari kecamatan lain")
    shown = client.get(f"/layar/{NGEBEL}/").content.decode()
    assert other.title not in shown and shown.count('class="slide"') == 10


@pytest.mark.django_db
def test_without_scripts_each_page_leads_to_the_next(client):
    group = kim(NGEBEL)
    first, second = article(group, days=0), article(group, days=1)
    begun = client.get(f"/layar/{NGEBEL}/").content.decode()
    assert f"url=/layar/{NGEBEL}/2/" in begun
    on = client.get(f"/layar/{NGEBEL}/2/").content.decode()
    assert on.index(second.title) < on.index(first.title) and f"url=/layar/{NGEBEL}/1/" in on
    assert client.get(f"/layar/{NGEBEL}/3/").status_code == 404


@pytest.mark.django_db
def test_a_village_without_news_says_so(client):
    kim(NGEBEL)
    assert "Belum ada kabar dari Desa Ngebel" in client.get(f"/layar/{NGEBEL}/").content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_turns_by_itself_tells_the_time_and_fits_a_television(visit):
    group = kim(NGEBEL, name="KIM Telaga Ngebel")
    gist = "\n".join(
        ["Warga diminta membawa sapu, cangkul, dan karung masing-masing dari rumah, lalu berkumpul di dermaga."] * 3
    )
    titles = [
        "Kerja bakti",
        *(("Musyawarah desa membahas jalan dan air bersih " * 4)[:n].strip() for n in (32, 64, 160)),
    ]
    for days, title in enumerate(titles):
        article(group, days=days, title=title, gist=gist)
    who = visit("balai", viewport=TV)
    who.page.clock.install()
    who.opens(f"/layar/{NGEBEL}/").sees("Pindai untuk membaca")
    expect(who.page.locator("[data-clock]")).to_contain_text(".")
    for title in titles:
        who.sees_heading(title).fits().shoots("kabar")
        assert who.page.locator(".slide:visible").count() == 1
        assert who.page.evaluate("document.documentElement.scrollHeight") <= TV["height"], title
        who.page.clock.run_for(15_500)
    who.sees_heading(titles[0])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_works_on_after_the_network_and_then_the_power_went_away(browser, address, pictures):
    """Loaded once with a network; then without: a new page of the same browser still shows it, and says so."""
    text = article(kim(NGEBEL), title="Air bersih mengalir lagi")
    context = browser.new_context(viewport=TV, base_url=address, locale="id-ID")
    page = context.new_page()
    page.goto(f"/layar/{NGEBEL}/")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.wait_for_function(
        "async () => { const kept = await caches.open('layar-1'); const urls = (await kept.keys()).map(k => k.url);"
        " return urls.includes(location.href) && urls.some(u => u.endsWith('.css')) && urls.some(u => u.includes('screen')); }"
    )
    context.set_offline(True)
    page.close()
    again = context.new_page()
    again.goto(f"/layar/{NGEBEL}/")
    expect(again.get_by_role("heading", name=text.title)).to_be_visible()
    expect(again.get_by_text("Tanpa jaringan")).to_be_visible()
    assert again.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 36, 75)"
    again.screenshot(path=pictures / "tanpa-jaringan.png")
    context.set_offline(False)
    expect(again.get_by_text("Tanpa jaringan")).to_be_hidden(timeout=40_000)
    assert again.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).map(r => r.scope)") == [
        f"{address}/layar/"
    ]
    context.close()
