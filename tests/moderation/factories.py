"""Cases and those who judge them; every office, KIM and word is invented."""

from datetime import timedelta
from uuid import UUID

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.models import Role
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.moderation import actions
from kim.moderation.models import Case, Report
from kim.publishing.models import Article
from publishing.factories import House

PONOROGO, JATIM, NATION = "35.02", "35", "ID"
AD = "Slot gacor maxwin malam ini, daftar slot dan togel di link alternatif"


def officer(code: str = PONOROGO, name: str = "Ratna Petugas") -> Actor:
    role = {2: Role.NATIONAL if code == NATION else Role.PROVINCE, 5: Role.REGENCY}[len(code)]
    return actor(role, code, name=name)


def reported(article: Article, reason: str = "wrong", words: str = "", report_id: UUID | None = None) -> Case:
    """The case after a stranger has reported the text."""
    report_id = report_id or new_id()
    actions.report(report_id, "article", article.id, reason=reason, words=words, actor=ANONYMOUS)
    return Report.objects.get(pk=report_id).case


def claimed(house: House, by: Actor, **more) -> Case:
    return actions.claim(reported(house.published(**more)).id, actor=by)


def taken_down(house: House, by: Actor, **more) -> Case:
    return actions.take_down(claimed(house, by, **more).id, note="Alamat rumah orang ikut terbit.", actor=by)


def late(case: Case, hours: float = 1) -> Case:
    """The same with its clock run out so long ago."""
    Case.objects.filter(pk=case.pk).update(due_at=clock.now() - timedelta(hours=hours))
    case.refresh_from_db()
    return case
