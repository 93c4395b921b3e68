"""From decision to public: checks, supervision, schedule, urgency, withdrawal, correction."""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection

from accounts.factories import actor
from kim.accounts.models import Role
from kim.config import wiring
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.results import NotAllowed, Refused
from kim.ledger import actions as ledger
from kim.ledger.queries import timeline
from kim.publishing import actions, queries
from kim.publishing.forms import CheckForm
from kim.publishing.models import Article, Revision
from kim.publishing.workflow import Stage
from kim.search.models import Document
from publishing.factories import POINTS, WORDS, house, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def h():
    return house()


def fresh(article: Article) -> Article:
    return Article.objects.select_related("kim", "region").get(id=article.id)


def test_publishing_gives_an_address_counts_and_can_be_found(h):
    article = h.published()
    kim = fresh(article).kim
    assert article.get_absolute_url() == f"/{kim.slug}/kabar/panen-durian-ngebel-dimulai-{article.short_code}/"
    assert len(article.short_code) == 6 and not set(article.short_code) & set("il1o0")
    assert kim.published_count == 10 and kim.last_news_at == article.published_at
    assert Document.objects.get(key=article.key).title == article.title
    assert queries.newest("35.02").items == [article]
    assert queries.newest("61").items == []
    assert queries.article_for_reading(kim.slug, article.short_code) == article
    assert "article.published" in timeline(article.key).values_list("verb", flat=True)


def test_only_the_revision_that_was_decided_goes_out(h):
    article = h.discussed()
    with pytest.raises(NotAllowed, match="berubah"):
        actions.agree(article.id, revision=article.revision + 1, actor=h.board)
    article = h.decided()
    Article.objects.filter(id=article.id).update(revision=article.revision + 1)
    with pytest.raises(NotAllowed, match="belum diputuskan"):
        actions.publish(article.id, points=POINTS, actor=h.editor)


@pytest.mark.parametrize("missing", POINTS)
def test_one_unticked_box_keeps_it_at_home(h, missing):
    with pytest.raises(NotAllowed, match="Centang 1 lagi"):
        actions.publish(h.decided().id, points=[p for p in POINTS if p != missing], actor=h.editor)


@pytest.mark.parametrize(
    "text", ["NIK 3502171008900001 terdaftar.", "Hubungi 0812-3456-7890.", "Surel warga.contoh@contoh.id."]
)
def test_personal_data_has_to_be_acknowledged(h, text):
    article = h.decided(body=text)
    with pytest.raises(NotAllowed, match="data pribadi"):
        actions.publish(article.id, points=POINTS, actor=h.editor)
    assert actions.publish(article.id, points=POINTS, accepts_personal=True, actor=h.editor).is_published


def test_a_photo_needs_its_words_and_consent(h):
    article = h.draft()
    photo = actions.add_photo(article.id, file=jpeg(), actor=h.member)
    article = actions.discuss(article.id, actor=h.member)
    article = actions.agree(article.id, revision=article.revision, actor=h.board)
    with pytest.raises(NotAllowed, match="keterangan gambar"):
        actions.publish(article.id, points=POINTS, actor=h.editor)
    words = {photo.id: {"alt": "Durian", "credit": "", "has_consent": True}}
    actions.describe_photos(article.id, words=words, actor=h.member)
    article = actions.discuss(article.id, actor=h.member)
    article = actions.agree(article.id, revision=article.revision, actor=h.board)
    actions.publish(article.id, points=POINTS, actor=h.editor)
    assert queries.photos(article)[0].upload.is_public
    actions.unpublish(article.id, category="request", reason="Diminta.", actor=h.editor)
    assert not queries.photos(article)[0].upload.is_public


def test_an_activity_needs_place_and_date(h):
    with pytest.raises(NotAllowed, match="Tempat dan tanggal"):
        actions.publish(h.decided(kind="activity").id, points=POINTS, actor=h.editor)


def test_a_second_click_on_publish_changes_nothing(h):
    article = h.published()
    with pytest.raises(NotAllowed):
        actions.publish(article.id, points=POINTS, actor=h.editor)
    assert fresh(article).kim.published_count == 10


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_decide_and_publish_once():
    h = house()
    article = h.discussed()
    decide = partial(actions.agree, article.id, revision=1, actor=h.board)
    assert sorted(at_once(decide, decide)) == ["done", "late"]
    publish = partial(actions.publish, article.id, points=POINTS, actor=h.editor)
    assert sorted(at_once(publish, publish)) == ["done", "late"]
    assert fresh(article).kim.published_count == 10


def at_once(*acts) -> list[str]:
    """Several people press at the same moment; who did it, and who came late."""
    gate, results = threading.Barrier(len(acts)), []

    def press(act):
        gate.wait()
        try:
            act()
            results.append("done")
        except NotAllowed:
            results.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


# --- supervision ----------------------------------------------------------------------------------------------


def test_the_first_texts_of_a_new_kim_wait_for_diskominfo():
    h = house(published_count=2)
    article = h.decided()
    with pytest.raises(Refused, match="Diskominfo"):
        actions.publish(article.id, points=POINTS, actor=h.editor)
    with pytest.raises(Refused, match="Diskominfo"):
        actions.schedule(article.id, at=clock.now() + timedelta(days=1), points=POINTS, actor=h.editor)
    article = actions.request_review(article.id, points=POINTS, actor=h.editor)
    assert queries.waiting_count(h.regency) == 1
    actions.publish(article.id, actor=h.regency)
    assert not queries.is_supervised(fresh(article).kim)
    assert h.published().is_published


def test_diskominfo_returns_with_a_note_and_the_author_writes_on():
    h = house(published_count=0)
    article = actions.return_(h.reviewed().id, note="Sebut sumbernya.", actor=h.regency)
    assert (article.stage, article.decided_revision) == (Stage.RETURNED, None)
    assert any("Sebut sumbernya" in task.line for task in queries.tasks(h.member, queries.kim_of(h.member)))
    article = actions.discuss(article.id, actor=h.member)
    assert article.returned_note == "Sebut sumbernya."


# --- schedule -------------------------------------------------------------------------------------------------


def test_a_schedule_is_on_the_clock_of_the_region():
    form = CheckForm({"points": POINTS, "on": "2026-12-01", "at": "07:00"}, zone="Asia/Jayapura", needs_moment=True)
    assert form.is_valid()
    assert form.moment.astimezone(UTC) == datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
    assert "WIT" in form.fields["at"].help_text


def test_a_scheduled_text_goes_out_by_itself_once_its_moment_has_come(h):
    at = clock.now() + timedelta(hours=2)
    article = actions.schedule(h.decided().id, at=at, points=POINTS, actor=h.editor)
    assert actions.publish_due() == 0
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert actions.publish_due() == 1
        assert actions.publish_due() == 0
    article = fresh(article)
    assert article.is_published and article.scheduled_for is None and article.published_at >= at


def test_what_can_no_longer_go_out_is_held_and_said(h):
    at = clock.now() + timedelta(hours=2)
    article = actions.schedule(h.decided().id, at=at, points=POINTS, actor=h.editor)
    type(h.kim).objects.filter(id=h.kim.id).update(stage="dissolved")
    with time_machine.travel(at + timedelta(minutes=1), tick=False):
        actions.publish_due()
    assert fresh(article).stage == Stage.DECIDED
    assert timeline(article.key).filter(verb="article.held").exists()


def test_the_past_is_no_time_to_publish(h):
    with pytest.raises(NotAllowed, match="sudah lewat"):
        actions.schedule(h.decided().id, at=clock.now() - timedelta(minutes=1), points=POINTS, actor=h.editor)


# --- urgency --------------------------------------------------------------------------------------------------


def test_an_urgent_notice_goes_first_and_is_discussed_after(h):
    article = h.urgent()
    assert article.awaits_discussion
    article = actions.confirm(article.id, revision=article.revision, minutes="Sudah benar.", actor=h.board)
    assert not article.awaits_discussion and article.is_published


def test_the_kim_may_say_no_afterwards(h):
    article = h.urgent()
    article = actions.retract(article.id, revision=article.revision, minutes="Salah kabar.", actor=h.board)
    assert article.is_withdrawn and article.withdrawn_category == "decision"
    with pytest.raises(Refused, match="memutuskan"):
        actions.restore(article.id, actor=h.board)
    assert not Document.objects.filter(key=article.key).exists()


def test_only_notices_and_disasters_are_urgent_and_only_by_the_editor(h):
    with pytest.raises(NotAllowed):
        actions.publish_urgently(h.draft(is_urgent=True).id, points=POINTS, actor=h.editor)
    flood = h.draft(is_urgent=True, category="kebencanaan")
    with pytest.raises(Refused):
        actions.publish_urgently(flood.id, points=POINTS, actor=h.member)
    assert actions.publish_urgently(flood.id, points=POINTS, actor=h.board).is_published


# --- withdrawal -----------------------------------------------------------------------------------------------


def test_government_takes_down_with_a_reason_and_only_it_can_bring_back(h):
    article = h.published()
    with pytest.raises(NotAllowed, match="alasan"):
        actions.unpublish(article.id, category="wrong", reason=" ", actor=h.regency)
    article = actions.unpublish(article.id, category="personal", reason="Ada NIK.", actor=h.regency)
    assert queries.newest().items == []
    assert queries.by_short_code(article.short_code).is_withdrawn
    with pytest.raises(Refused):
        actions.restore(article.id, actor=h.board)
    with pytest.raises(Refused):
        actions.restore(article.id, actor=house("61.12.01.2001").regency)
    assert actions.restore(article.id, actor=actor(Role.PROVINCE, "35")).is_published
    assert Document.objects.filter(key=article.key).exists()


def test_a_regency_cannot_undo_what_the_province_took_down(h):
    article = actions.unpublish(h.published().id, category="wrong", reason="x", actor=actor(Role.PROVINCE, "35"))
    with pytest.raises(Refused):
        actions.restore(article.id, actor=h.regency)


def test_government_cannot_publish_what_the_kim_itself_took_down(h):
    article = actions.unpublish(h.published().id, category="request", reason="Diminta.", actor=h.editor)
    with pytest.raises(Refused):
        actions.restore(article.id, actor=h.regency)
    assert actions.restore(article.id, actor=h.board).is_published


# --- afterwards -----------------------------------------------------------------------------------------------


def correct(h, article, **more):
    fields = {"title": article.title, "gist": article.gist, "body": "Yang benar 115 orang."} | more.pop("fields", {})
    return actions.correct(
        article.id, fields=fields, ralat="Tertulis 105.", version=fresh(article).version, actor=h.editor, **more
    )


def test_a_correction_shows_and_the_earlier_version_stays_readable(h):
    article = h.published()
    correct(h, article)
    article = fresh(article)
    assert article.is_decided and "115" in article.body
    assert "Pembeli" in queries.earlier_version(article, 1).body
    with pytest.raises(Revision.DoesNotExist):
        queries.earlier_version(article, 2)
    assert "115" in Document.objects.get(key=article.key).body


def test_an_earlier_version_with_personal_data_is_hidden(h):
    article = h.published()
    correct(h, article, hides_earlier=True)
    with pytest.raises(Revision.DoesNotExist):
        queries.earlier_version(fresh(article), 1)


def test_a_ralat_without_a_change_or_with_fresh_personal_data_is_held_back(h):
    article = h.published()
    with pytest.raises(NotAllowed, match="Belum ada"):
        correct(h, article, fields={"body": article.body})
    with pytest.raises(NotAllowed, match="data pribadi"):
        correct(h, article, fields={"body": "Hubungi 081234567890."})


def test_hak_jawab_is_shown_with_the_text(h):
    article = h.published()
    actions.reply(article.id, name="Pak Contoh", text="Bukan begitu.", actor=h.board)
    read = queries.article_for_reading(h.kim.slug, article.short_code)
    assert [r.name for r in read.replies.all()] == ["Pak Contoh"]


def test_related_texts_are_near(h):
    one, two = h.published(), h.published(title="Kabar kedua")
    far = house("61.12.01.2001").published(title="Kabar jauh")
    assert queries.related(one) == [two]
    assert far not in queries.related(one)


# --- notices --------------------------------------------------------------------------------------------------


def told(who) -> list[str]:
    return list(Delivery.objects.filter(person_id=who.person_id).values_list("text", flat=True))


def test_people_are_told_what_concerns_them_and_nobody_hears_of_oneself(h):
    article = h.published()
    actions.unpublish(article.id, category="wrong", reason="Keliru.", actor=h.regency)
    ledger.dispatch(wiring.READERS)
    assert any("untuk dibahas" in text for text in told(h.second))
    assert not any("untuk dibahas" in text for text in told(h.member))
    assert any("sudah terbit" in text for text in told(h.member))
    assert any("ditarik" in text for text in told(h.member))


def test_the_office_hears_of_a_waiting_text_and_the_kim_of_its_return():
    h = house(published_count=0)
    actions.return_(h.reviewed().id, note="Perbaiki.", actor=h.regency)
    ledger.dispatch(wiring.READERS)
    assert any("menunggu Anda lihat" in text for text in told(h.regency))
    assert any("mengembalikan" in text for text in told(h.member))
    assert WORDS["title"] in told(h.regency)[0]
