"""Stage × verb × role: what each hat may do with a text in each state, and nothing else."""

from datetime import timedelta

import pytest

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Role
from kim.kernel import clock
from kim.kernel.results import NotAllowed, Refused
from kim.publishing import actions, policies
from kim.publishing.models import Article
from kim.publishing.workflow import WORKFLOW, Stage
from publishing.factories import POINTS, WORDS, House, house

pytestmark = pytest.mark.django_db


def calls(article: Article) -> dict:
    """How to call each verb sensibly."""
    r = article.revision
    return {
        "edit": {"fields": WORDS | {"title": "Judul lain"}, "version": article.version},
        "discuss": {},
        "agree": {"revision": r},
        "postpone": {"revision": r},
        "reject": {"revision": r},
        "confirm": {"revision": r},
        "retract": {"revision": r},
        "request_review": {"points": POINTS},
        "take_back": {},
        "return_": {"note": "Tambah sumber."},
        "schedule": {"at": clock.now() + timedelta(days=1), "points": POINTS},
        "unschedule": {},
        "publish": {"points": POINTS},
        "publish_urgently": {"points": POINTS},
        "correct": {"fields": WORDS | {"title": "Judul betul"}, "ralat": "Yang benar 12.", "version": article.version},
        "reply": {"name": "Pak Contoh", "text": "Tidak begitu."},
        "unpublish": {"category": "wrong", "reason": "Keliru."},
        "restore": {},
    }


def at_stage(h: House, stage: Stage) -> Article:
    match stage:
        case Stage.DRAFT:
            return h.draft(kind="notice", is_urgent=True)
        case Stage.DISCUSSED:
            return h.discussed(kind="notice", is_urgent=True)
        case Stage.DECIDED:
            return h.decided(kind="notice", is_urgent=True)
        case Stage.REVIEWED:
            return h.reviewed()
        case Stage.RETURNED:
            return actions.return_(h.reviewed(kind="notice", is_urgent=True).id, note="Perbaiki.", actor=h.regency)
        case Stage.SCHEDULED:
            at = clock.now() + timedelta(hours=1)
            return actions.schedule(h.decided().id, at=at, points=POINTS, actor=h.editor)
        case Stage.PUBLISHED:
            return h.urgent()
        case Stage.UNPUBLISHED:
            return actions.unpublish(h.published().id, category="wrong", reason="Keliru.", actor=h.editor)
        case Stage.REJECTED:
            article = h.discussed()
            return actions.reject(article.id, revision=article.revision, actor=h.board)
    raise AssertionError(stage)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("verb", list(WORKFLOW))
def test_a_verb_works_exactly_where_the_table_says(stage, verb):
    h = house()
    article = at_stage(h, stage)
    who = h.regency if verb == "return_" or (verb == "publish" and stage == Stage.REVIEWED) else h.board
    act = getattr(actions, verb)
    arguments = calls(article)[verb] | {"actor": who}
    if WORKFLOW.allows(verb, stage):
        act(article.id, **arguments)
        article.refresh_from_db()
        assert article.stage == WORKFLOW[verb].to
    else:
        with pytest.raises((NotAllowed, Refused)):
            act(article.id, **arguments)
        article.refresh_from_db()
        assert article.stage == stage


MEMBER = {"edit", "discuss", "agree", "postpone", "reject", "confirm", "retract"}
EDITOR = MEMBER | {
    "request_review",
    "take_back",
    "schedule",
    "unschedule",
    "publish",
    "publish_urgently",
    "correct",
    "reply",
}
EDITOR |= {"unpublish", "restore"}
TABLE = {
    "member": MEMBER,
    "editor": EDITOR,
    "board": EDITOR,
    "stranger": set(),
    "regency": {"return_", "unpublish"},
    "other_regency": set(),
    "province": {"unpublish"},
    "national": {"unpublish"},
    "village": set(),
    "agency": set(),
    "expert": set(),
    "anonymous": set(),
}


def people(h: House) -> dict:
    elsewhere = house("61.12.01.2001")
    return {
        "member": h.member,
        "editor": h.editor,
        "board": h.board,
        "stranger": elsewhere.board,
        "regency": h.regency,
        "other_regency": elsewhere.regency,
        "province": actor(Role.PROVINCE, "35"),
        "national": actor(Role.NATIONAL, "ID"),
        "village": actor(Role.VILLAGE, "35.02.17.1008"),
        "agency": actor(Role.AGENCY, "35.02"),
        "expert": actor(Role.EXPERT, "35.02"),
        "anonymous": ANONYMOUS,
    }


def test_each_hat_may_do_what_its_row_says_and_hears_a_sentence_otherwise():
    h = house()
    article = h.draft()
    for name, who in people(h).items():
        for verb in WORKFLOW:
            verdict = policies.CAN[verb](who, article)
            assert bool(verdict) == (verb in TABLE[name]), (name, verb)
            assert verdict or verdict.reason.endswith("."), (name, verb)


def test_government_may_publish_a_waiting_text_only_in_its_own_regency():
    h = house()
    article = h.reviewed()
    for name, who in people(h).items():
        assert bool(policies.can_publish(who, article)) == (name == "regency"), name


def test_government_never_edits():
    h = house()
    article = h.published()
    for verb in ("edit", "correct", "reply"):
        with pytest.raises(Refused):
            getattr(actions, verb)(article.id, **calls(article)[verb], actor=h.regency)


def test_buttons_of_a_page_are_the_verbs_of_the_stage():
    h = house()
    article = h.draft()
    assert set(policies.open_verbs(h.member, article)) == {"edit", "discuss"}
    assert "publish_urgently" in policies.open_verbs(h.editor, h.draft(kind="notice", is_urgent=True))
