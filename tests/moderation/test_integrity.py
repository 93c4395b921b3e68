"""Does the site serve what was published? Each way of slipping something in is found, and an honest site has no case."""

import gzip

import pgtrigger
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from accounts.factories import actor
from kim.accounts.models import Role
from kim.config import served
from kim.ledger.models import Entry
from kim.moderation.models import Case
from kim.moderation.queries.soundness import trouble
from kim.publishing import actions as texts
from kim.publishing import queries
from kim.publishing.models import Article
from pages.keeping import HOST, Kept, wait_for
from publishing.factories import house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(settings, tmp_path):
    """A front that keeps pages in a folder of its own, which the check looks into."""
    settings.KIM_DOMAIN, settings.KIM_PAGES_FOLDER = HOST, tmp_path / "pages"
    front = Kept(settings.KIM_PAGES_FOLDER).begin()
    yield front
    front.stop()


@pytest.fixture
def article():
    return house().published(body='Panen durian di <a href="https://koran.example/a">koran</a> dimulai Senin ini.')


def page_file(article, form: str = ""):
    return django_settings.KIM_PAGES_FOLDER / f"open/{HOST}{article.get_absolute_url()}index.html{form}"


def keep(kept: Kept, path: str) -> None:
    """The page is kept, whatever was published a moment before."""
    kept.catch_up()
    kept.get(path)


def spoil(article, by: str, forms=("", ".gz", ".br")) -> None:
    """Somebody with a way into the disk writes into the kept page."""
    words = page_file(article).read_bytes().replace(b"</main>", by.encode() + b"</main>")
    if "" in forms:
        page_file(article).write_bytes(words)
    if ".gz" in forms:
        page_file(article, ".gz").write_bytes(gzip.compress(words))


def found(**more) -> list[str]:
    return [one.found for one in served.check(**more).differences]


def test_an_honest_site_has_no_difference(kept, article):
    home = article.kim
    for path in (
        article.get_absolute_url(),
        f"/{home.slug}/",
        "/kabar/",
        "/",
        f"/wilayah/{home.region_id}/",
        "/moderasi/",
    ):
        kept.get(path)
    result = served.check()
    assert (result.differences, result.words, result.unrecorded) == ([], 1, 0) and result.pages >= 4
    assert not Case.objects.exists()
    call_command("integrity")


def test_publishing_writes_down_the_digest_of_the_words(article):
    entry = Entry.objects.get(verb="article.published")
    assert entry.data["digest"] == queries.digest_of(article)
    fields = {"title": article.title, "gist": "", "body": "Panen mulai Selasa."}
    texts.correct(
        article.id,
        fields=fields,
        ralat="Harinya.",
        version=article.version,
        actor=actor(Role.BOARD, article.region_id, kim_id=article.kim_id),
    )
    current = Article.objects.get(pk=article.pk)
    corrected = Entry.objects.get(verb="article.corrected")
    assert corrected.data["digest"] == queries.digest_of(current) != entry.data["digest"]
    assert found() == []


def test_words_changed_past_the_ledger_are_found_and_queued_for_the_ministry(article):
    Article.objects.filter(pk=article.pk).update(body="<p>Slot gacor.</p>")
    assert found() == ["Tulisan tersimpan berbeda dari yang diterbitkan"]
    case = Case.objects.get()
    assert (case.holder_id, case.is_urgent, case.is_by_system, case.reason) == ("ID", True, True, "tampered")
    assert found() and Case.objects.count() == 1
    with pytest.raises(CommandError, match="1 perbedaan"):
        call_command("integrity")


def test_a_script_in_a_kept_page_is_found(kept, article):
    keep(kept, article.get_absolute_url())
    spoil(article, '<script src="https://jahat.example/x.js"></script>')
    words = found()
    assert any("<script> dari luar: https://jahat.example" in line for line in words)
    assert Case.objects.filter(subject=article.key).exists()


def test_an_unknown_link_in_what_a_front_server_serves_is_found(kept, article):
    keep(kept, article.get_absolute_url())
    spoil(article, '<a href="https://slot88.example/">klik</a>', forms=("",))
    words = found(pages=0)
    assert words == ["tautan tak dikenal: slot88.example"]


def test_other_words_in_a_kept_page_are_found(kept, article):
    keep(kept, article.get_absolute_url())
    words = page_file(article).read_bytes().replace(b"dimulai Senin", b"dimulai Jumat")
    page_file(article).write_bytes(words)
    page_file(article, ".gz").write_bytes(gzip.compress(words))
    assert "Halaman tidak memuat tulisan yang diterbitkan" in found(pages=0)


def test_a_page_of_another_release_is_made_anew_and_nobody_is_accused(kept, article, settings):
    keep(kept, "/kabar/")
    settings.KIM_SITE_NAME, settings.KIM_BASE_URL = "Lain", "http://lain.localhost"
    assert found(things=0) == [] and not Case.objects.exists()
    wait_for(lambda: any("region:ID" in tags for tags in kept.heard[-1:]))


def test_a_page_that_is_no_text_is_known_by_its_own_digest(kept, article):
    keep(kept, "/kabar/")
    file = django_settings.KIM_PAGES_FOLDER / f"open/{HOST}/kabar/index.html"
    file.write_bytes(file.read_bytes().replace(b"Kabar terbaru", b"Kabar palsu"))
    words = found(things=0)
    assert words == ["Halaman siap saji berubah sesudah dibuat"]
    case = Case.objects.get()
    assert case.kind == "page" and case.title == f"{HOST}/kabar/"


def test_a_text_from_before_digests_is_counted_and_not_accused(article):
    record = Entry.objects.get(verb="article.published")
    with pgtrigger.ignore("ledger.Entry:append_only"):
        Entry.objects.filter(pk=record.pk).update(data={k: v for k, v in record.data.items() if k != "digest"})
    result = served.check()
    assert (result.unrecorded, result.differences) == (1, [])


@pytest.mark.parametrize(
    ("markup", "is_trouble"),
    [
        ('<script src="/static/a.js"></script>', False),
        ('<script type="application/ld+json">{}</script>', False),
        ("<script>alert(1)</script>", True),
        ('<iframe src="https://x.example/"></iframe>', True),
        ('<img src="//x.example/p.gif">', True),
        ('<img src="data:image/png;base64,AA">', False),
        ('<form action="https://x.example/"></form>', True),
        ('<link rel="stylesheet" href="https://x.example/a.css">', True),
        ('<link rel="canonical" href="https://x.example/">', False),
        ('<meta http-equiv="refresh" content="0;url=https://x.example/">', True),
        ('<base href="https://x.example/">', True),
        ('<p onclick="a()">x</p>', True),
        ('<a href="javascript:alert(1)">x</a>', True),
        ('<a href="https://known.example/">x</a>', False),
        ('<a href="https://kim.example/">x</a><a href="https://ngebel.kim.example/">y</a>', False),
        ('<a href="https://kim.example.jahat.example/">x</a>', True),
    ],
)
def test_what_may_be_on_a_page(markup, is_trouble):
    assert bool(trouble(markup, own=["kim.example"], allowed={"known.example"})) is is_trouble
