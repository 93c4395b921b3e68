"""What everybody can read, page by page."""

import pytest

from kim.evaluation import actions as evaluation
from kim.registry.models import BoardSeat, Member
from registry.factories import decree, kim
from web.factories import article

pytestmark = pytest.mark.django_db
NGEBEL = "35.02.19.2007"


@pytest.fixture
def group():
    made = kim(
        NGEBEL,
        name="KIM Telaga Ngebel",
        slug="telaga-ngebel",
        about="Wartawannya desa.",
        public_phone="+6281234567890",
    )
    decree(made)
    member = Member.objects.create(kim=made, name="Hartini Contoh", phone="+6281298765432")
    BoardSeat.objects.create(kim=made, member=member, position="chair", name="Hartini Contoh")
    return made


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.headers.get("Location"))
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_the_front_page_is_friendly_before_there_is_anything(client):
    assert "Belum ada kabar" in page(client, "/")


def test_the_front_page_shows_news_figures_and_kim(client, group):
    text = article(group, with_photo=True)
    article(group, days=1, is_urgent=True, title="Hujan lebat sampai Senin")
    evaluation.recount()
    home = page(client, "/")
    assert text.title in home
    assert "KIM Telaga Ngebel, Ponorogo" in home
    assert "Dari KIM" in home
    assert 'class="alarm"' in home
    assert "Dihitung" in home


@pytest.mark.parametrize("code", ["35", "35.02", "35.02.19", NGEBEL])
def test_every_level_has_its_page(client, group, code):
    text = article(group)
    evaluation.recount()
    shown = page(client, f"/wilayah/{code}/")
    assert text.title in shown
    assert "KIM Telaga Ngebel" in shown


def test_a_village_without_kim_is_asked_to_begin_one(client, group):
    from regions.factories import plant

    plant("35.02.19.2006")
    shown = page(client, "/wilayah/35.02.19.2006/")
    assert "belum punya KIM" in shown
    assert "/daftar-kim/?desa=35.02.19.2006" in shown


@pytest.mark.parametrize(
    "path",
    [
        "/wilayah/99/",
        "/wilayah/x/",
        "/tidak-ada/",
        "/kabar/topik/tidak-ada/",
        "/k/tidak/",
        "/kabar/?wilayah=99",
    ],
)
def test_what_is_not_there_says_so(client, group, path):
    assert "Halaman ini tidak ada" in page(client, path, 404)


def test_the_nation_is_the_front_page(client, group):
    assert client.get("/wilayah/ID/").headers["Location"] == "/"


def test_a_site_shows_both_axes_and_no_phone_of_a_member(client, group):
    article(group)
    site = page(client, "/telaga-ngebel/")
    assert "SK berlaku" in site
    assert "Aktif" in site or "Belum ada kabar" in site
    assert "Hartini Contoh" in site
    assert "1 anggota" in site
    assert "98765432" not in site
    assert "wa.me/6281234567890" in site


def test_an_article_is_complete(client, group):
    text = article(group, with_photo=True)
    shown = page(client, text.get_absolute_url())
    for part in (
        text.title,
        "Penanggung jawab Sari Contoh",
        "Intinya",
        "Dari KIM",
        "application/ld+json",
        "og:image",
        "wa.me/?text=",
    ):
        assert part in shown
    assert f"/berkas/{text.cover_id}/720.webp" in shown
    assert "WIB" in shown


def test_an_article_without_photo_is_complete_too(client, group):
    assert "kartu.png?v=" in page(client, article(group).get_absolute_url())


def test_an_old_address_leads_to_the_new_one(client, group):
    text = article(group)
    answer = client.get(f"/telaga-ngebel/kabar/judul-lama-{text.short_code}/")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "http://localhost:8000" + text.get_absolute_url(),
    )
    other = kim(NGEBEL, slug="lain")
    answer = client.get(f"/{other.slug}/kabar/{text.slug}-{text.short_code}/")
    assert answer.headers["Location"].endswith(text.get_absolute_url())


def test_a_moved_site_is_found_by_its_old_name(client, group):
    group.slug = "nama-baru"
    group.save()
    group.slug = "nama-terbaru"
    group.save()
    answer = client.get("/nama-baru/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "http://localhost:8000/nama-terbaru/")


def test_the_short_link_and_its_drawing(client, group):
    text = article(group)
    assert client.get(text.short_url).headers["Location"].endswith(f"{text.get_absolute_url()}?ref=tautan")
    drawing = client.get(f"{text.short_url}qr.svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<?xml")


def test_a_withdrawn_text_says_why_and_shows_no_word_of_it(client, group):
    from kim.kernel import clock

    text = article(
        group,
        stage="unpublished",
        withdrawn_category="personal",
        withdrawn_by="Diskominfo Ponorogo",
        withdrawn_at=clock.now(),
    )
    shown = page(client, text.get_absolute_url(), 410)
    assert "Memuat data pribadi" in shown
    assert "kentongan terdengar" not in shown


def test_corrections_replies_and_the_earlier_text_stay_visible(client, group):
    from kim.kernel import clock
    from kim.publishing.models import Correction, Reply, Revision

    text = article(group, corrected_at=clock.now(), revision=2)
    Revision.objects.create(article=text, number=1, title="Judul lama", body="<p>150 orang</p>", author=text.author)
    Correction.objects.create(article=text, text="Yang benar 115 orang.", revision=1, by=text.author)
    Reply.objects.create(article=text, name="Bu Contoh", text="Saya tidak berkata begitu.", by=text.author)
    shown = page(client, text.get_absolute_url())
    assert "Yang benar 115 orang." in shown
    assert "Saya tidak berkata begitu." in shown
    assert "150 orang" in page(client, text.get_absolute_url() + "versi/1/")
    page(client, text.get_absolute_url() + "versi/2/", 404)


def test_the_notice_for_the_board_has_a_code_and_the_whole_gist(client, group):
    text = article(group)
    sheet = page(client, text.get_absolute_url() + "cetak/")
    assert "Terkumpul 46 karung sampah." in sheet
    assert "<svg" in sheet
    assert text.short_url in sheet


def test_an_urgent_text_before_its_discussion_says_so(client, group):
    assert "masih dibahas KIM" in page(client, article(group, is_urgent=True, decided_revision=None).get_absolute_url())


def test_news_can_be_read_by_topic_and_region_and_on(client, group):
    for n in range(25):
        article(group, days=n, category="kesehatan")
    article(group, days=30, category="wisata", title="Telaga buka lagi")
    first = page(client, "/kabar/?wilayah=35.02")
    assert "sesudah=" in first
    assert "Telaga buka lagi" in page(client, "/kabar/topik/wisata/")
    assert "Telaga buka lagi" not in page(client, "/kabar/topik/kesehatan/")
    assert "Belum ada kabar di sini" in page(client, "/kabar/topik/budaya/?wilayah=35")


def test_the_directory_lists_and_finds(client, group):
    from kim.accounts.actor import SYSTEM
    from kim.ledger.actions import dispatch, record
    from kim.web.actions import index_kim

    record("kim.approved", group.key, actor=SYSTEM, region=NGEBEL, kim_id=group.id)
    dispatch([index_kim])
    assert "KIM Telaga Ngebel" in page(client, "/kim/?wilayah=35")
    assert "KIM Telaga Ngebel" in page(client, "/kim/?q=telaga")
    assert "Tidak ketemu" in page(client, "/kim/?q=zzz")
    assert "/telaga-ngebel/" in page(client, "/cari/?q=telaga+ngebel")
    found = page(client, "/cari/?q=ngebel")
    assert "/telaga-ngebel/" in found
    assert "/wilayah/35.02.19/" in found


def test_a_dissolved_kim_is_no_longer_found(client, group):
    from kim.accounts.actor import SYSTEM
    from kim.ledger.actions import dispatch, record
    from kim.web.actions import index_kim

    for stage in ("registered", "dissolved"):
        type(group).objects.filter(pk=group.pk).update(stage=stage)
        record("kim.dissolved", group.key, actor=SYSTEM, region=NGEBEL, kim_id=group.id)
        dispatch([index_kim])
    assert "/telaga-ngebel/" not in page(client, "/cari/?q=telaga+ngebel&jenis=kim")
    assert "/telaga-ngebel/" not in page(client, "/kim/")
    assert "KIM ini sudah bubar" in page(client, "/telaga-ngebel/")


@pytest.mark.parametrize(
    "path", ["/desa-saya/", "/tentang/", "/pelindungan-data/", "/panduan/", "/cari/", "/robots.txt"]
)
def test_the_plain_pages(client, path):
    page(client, path)


@pytest.mark.parametrize("scope", ["/kabar/", "/kabar/topik/kegiatan-desa/", f"/wilayah/{NGEBEL}/", "/telaga-ngebel/"])
@pytest.mark.parametrize(("form", "kind"), [("umpan", "rss"), ("atom", "feed")])
def test_feeds(client, group, scope, form, kind):
    text = article(group, with_photo=True)
    feed = page(client, f"{scope}{form}.xml")
    assert f"<{kind}" in feed
    assert text.title in feed
    assert f"http://localhost:8000{text.get_absolute_url()}" in feed
    page(client, f"{scope}lain.xml", 404)


def test_the_sitemap_has_every_public_thing(client, group):
    text = article(group)
    evaluation.recount()
    parts = page(client, "/sitemap.xml")
    assert f"kabar-{text.published_at:%Y}" in parts
    month = parts.split("/sitemap/kabar-")[1][:7]
    assert text.get_absolute_url() in page(client, f"/sitemap/kabar-{month}.xml")
    assert "/telaga-ngebel/" in page(client, "/sitemap/kim.xml")
    assert f"/wilayah/{NGEBEL}/" in page(client, "/sitemap/wilayah.xml")
    page(client, "/sitemap/halaman.xml")
    page(client, "/sitemap/kabar-2025-13.xml", 404)
