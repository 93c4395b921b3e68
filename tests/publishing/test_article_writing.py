"""Writing: nothing typed is lost, nothing dangerous is kept, history stays readable."""

from datetime import timedelta

import pytest
import time_machine

from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed
from kim.media.actions import BadFile
from kim.publishing import actions, queries
from kim.publishing.models import Article, Revision
from kim.publishing.workflow import Stage
from publishing.factories import WORDS, house, jpeg

pytestmark = pytest.mark.django_db
KEY = new_id()


@pytest.fixture
def h():
    return house()


def typed(h, article, *, is_final=False, version=None, form_key=KEY, by=None, **words):
    version = article.version if version is None else version
    who = by or h.member
    return actions.edit(
        article.id, fields=WORDS | words, version=version, form_key=form_key, is_final=is_final, actor=who
    )


def test_a_form_that_arrives_twice_is_one_text(h):
    article_id, key = new_id(), new_id()
    for _ in range(2):
        actions.start(article_id, kind="news", fields=WORDS, form_key=key, is_final=True, actor=h.member)
    assert Article.objects.count() == 1
    assert Revision.objects.count() == 1


def test_the_id_of_another_kim_s_text_leads_nowhere(h):
    article = house("61.12.01.2001").draft()
    with pytest.raises(Article.DoesNotExist):
        actions.start(article.id, kind="news", fields=WORDS, form_key=None, is_final=True, actor=h.member)


def test_pasted_html_keeps_words_and_loses_everything_else(h):
    nasty = (
        '<p onclick="x()">Halo <img src=x onerror=alert(1)><b>warga</b></p><script>alert(1)</script>'
        '<style>p{display:none}</style><iframe src="//x"></iframe><a href="javascript:alert(1)">klik</a>'
        '<a href="https://contoh.id" target=_blank>situs</a><svg onload=alert(1)></svg>'
    )
    body = h.draft(body=nasty).body
    assert "Halo" in body and "<strong>warga</strong>" in body
    for word in ("onerror", "onclick", "script", "style", "iframe", "svg", "<img", "javascript", "alert"):
        assert word not in body
    assert 'href="https://contoh.id"' in body and "noopener" in body


def test_plain_words_become_paragraphs_and_emoji_survive(h):
    article = h.draft(title="Panen 🌾 raya", body="Satu 😀\n\nDua <3 👨‍👩‍👧\nbaris")
    assert article.title == "Panen 🌾 raya"
    assert article.body == "<p>Satu 😀</p><p>Dua &lt;3 👨‍👩‍👧<br>baris</p>"


def test_autosaves_of_one_sitting_are_one_revision(h):
    article = actions.start(new_id(), kind="news", fields=WORDS, form_key=KEY, is_final=False, actor=h.member)
    for word in ("satu", "dua", "tiga"):
        article = typed(h, article, body=word)
    assert [r.body for r in article.revisions.all()] == ["<p>tiga</p>"]
    assert article.version == 4


def test_after_ten_minutes_or_by_another_author_a_new_revision_begins(h):
    article = actions.start(new_id(), kind="news", fields=WORDS, form_key=KEY, is_final=False, actor=h.member)
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        article = typed(h, article, body="lama kemudian")
    assert article.revision == 2
    article = typed(h, article, body="orang lain", by=h.second)
    assert article.revision == 3


def test_a_saved_revision_never_changes(h):
    article = h.draft()
    typed(h, article, body="terus menulis")
    assert [r.number for r in article.revisions.all()] == [2, 1]
    assert "durian" in article.revisions.get(number=1).body


def test_saving_without_a_change_makes_no_revision_and_reopens_nothing(h):
    article = h.decided()
    actions.edit(article.id, fields=WORDS, version=article.version, actor=h.member)
    article.refresh_from_db()
    assert (article.stage, article.revision, article.is_decided) == (Stage.DECIDED, 1, True)


def test_a_stale_form_is_told_who_was_first_and_nothing_is_overwritten(h):
    article = h.draft()
    typed(h, article, by=h.second, body="dari Suyatno", form_key=new_id())
    with pytest.raises(actions.Stale, match="Suyatno"):
        typed(h, article, version=article.version, body="dari Hartini")
    article.refresh_from_db()
    assert article.body == "<p>dari Suyatno</p>"


def test_a_form_is_never_stale_to_itself_when_an_answer_got_lost(h):
    article = h.draft()
    typed(h, article, body="satu")
    article = typed(h, article, version=article.version, body="dua")
    assert article.body == "<p>dua</p>"


def test_autosave_never_undoes_a_decision_but_saving_does(h):
    article = h.decided()
    with pytest.raises(NotAllowed):
        typed(h, article, body="diam-diam")
    article = typed(h, article, body="sengaja", is_final=True)
    assert (article.stage, article.decided_revision) == (Stage.DRAFT, None)


def test_editing_in_discussion_closes_the_room_and_says_so(h):
    article = typed(h, h.discussed(), body="diubah", is_final=True)
    assert article.stage == Stage.DRAFT
    again = actions.discuss(article.id, actor=h.member)
    assert again.stage == Stage.DISCUSSED


def test_the_desk_names_whoever_has_the_text_open(h):
    article = h.draft()
    actions.look_in(article.id, actor=h.member)
    article = queries.visible_to(h.second).get()
    assert queries.other_editor(article, h.second) == "Hartini"
    assert queries.other_editor(article, h.member) == ""
    with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
        assert queries.other_editor(article, h.second) == ""


def test_differences_are_words_and_an_old_revision_can_come_back(h):
    article = h.draft(body="Harga durian Rp40.000 per buah.")
    article = typed(h, article, body="Harga durian Rp35.000 per buah.", is_final=True)
    pieces = [(p.kind, p.text) for row in queries.differences(article, 2) for p in row if p.kind != "same"]
    assert pieces == [("gone", "Rp40.000"), ("new", "Rp35.000")]
    actions.bring_back(article.id, number=1, actor=h.second)
    article.refresh_from_db()
    assert "Rp40.000" in article.body and article.revision == 3
    assert article.revisions.first().note == "Kembali ke versi 1"


def test_photos_have_an_order_a_cover_and_words(h):
    article = h.draft()
    one = actions.add_photo(article.id, file=jpeg(), alt="Tiga durian", actor=h.member)
    two = actions.add_photo(article.id, file=jpeg("b.jpg", (300, 300)), actor=h.member)
    article.refresh_from_db()
    assert article.cover_id == one.upload_id
    actions.arrange_photo(article.id, photo_id=two.id, step="up", actor=h.member)
    actions.arrange_photo(article.id, photo_id=two.id, step="cover", actor=h.member)
    words = {two.id: {"alt": "Kebun", "credit": "Bagus", "has_consent": True}}
    actions.describe_photos(article.id, words=words, actor=h.member)
    article.refresh_from_db()
    first = queries.photos(article)[0]
    assert (first.id, article.cover_id) == (two.id, two.upload_id)
    assert (first.upload.alt, first.upload.has_consent) == ("Kebun", True)
    actions.arrange_photo(article.id, photo_id=two.id, step="remove", actor=h.member)
    article.refresh_from_db()
    assert article.cover_id == one.upload_id


def test_a_changed_photo_undoes_the_decision(h):
    article = h.decided()
    actions.add_photo(article.id, file=jpeg(), actor=h.member)
    article.refresh_from_db()
    assert (article.stage, article.is_decided) == (Stage.DRAFT, False)


def test_what_is_no_picture_is_refused_and_the_text_stays(h):
    article = h.draft()
    fake = jpeg()
    fake.file.write(b"MZ" + b"\0" * 400)
    with pytest.raises(BadFile):
        actions.add_photo(article.id, file=type(fake)("x.jpg", b"MZ not a picture", "image/jpeg"), actor=h.member)
    assert queries.photos(article) == []
