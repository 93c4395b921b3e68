"""Reports of the demo: something to judge in every queue, an appeal, and decisions for the public log."""

import random
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.models import Mandate, Person, Role
from kim.accounts.queries import actor_for
from kim.demo.people import HOME
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.moderation import actions
from kim.moderation.models import Case, Report
from kim.moderation.workflow import Reason
from kim.publishing import actions as text_actions
from kim.publishing.models import Article

OURS = "35.02"
SAID = {
    "wrong": "Jadwalnya sudah diganti minggu lalu.",
    "personal": "Ada nomor HP warga di alinea terakhir.",
    "rights": "Fotonya dari kelompok kami, belum minta izin.",
    "hoax": "Di desa kami tidak pernah ada pengumuman seperti ini.",
    "other": "",
}
CLUE = "Contoh temuan: slot gacor, link alternatif"


def complain(articles: list[Article], chance: random.Random) -> None:
    """Two open cases at the home KIM, more in its regency, one found by the Sistem, one appeal, and some decided."""
    regency, province = _actor(Role.REGENCY, OURS), _actor(Role.PROVINCE, "35")
    ours = [a for a in articles if a.region_id.startswith(OURS)]
    home = [a for a in ours if a.region_id == HOME]
    rest = [a for a in ours if a.region_id != HOME]
    _open(home[0], "wrong", hours=3)
    _open(home[1], "personal", hours=9)
    _appealed(home[2], regency)
    for article, reason in zip(chance.sample(rest, 3), ("rights", "hoax", "other"), strict=True):
        _open(article, reason, hours=chance.randrange(1, 20))
    _spotted(chance.choice(rest))
    _decided(chance.sample(rest, 6), regency, province)
    Case.objects.filter(kim_id__in={a.kim_id for a in ours}).update(is_demo=True)
    actions.recount()


def _open(article: Article, reason: str, *, hours: int) -> Case:
    report_id = new_id()
    actions.report(report_id, "article", article.id, reason=reason, words=SAID[reason], actor=ANONYMOUS)
    case = Report.objects.get(pk=report_id).case
    _shift(case, hours)
    return case


def _spotted(article: Article) -> None:
    case = actions.open_case(text_actions.reportable(article.id), Reason.GAMBLING, CLUE)
    _shift(case, 2)


def _appealed(article: Article, regency: Actor) -> None:
    """A warning against which the author's KIM appeals; the province has its turn."""
    case = actions.claim(_open(article, "hoax", hours=30).id, actor=regency)
    actions.warn(case.id, note="Sebutkan siapa yang mengumumkan, dan kapan.", actor=regency)
    author = Person.objects.get(pk=article.author_id)
    hat = Mandate.objects.get(person=author, kim_id=article.kim_id, role=Role.BOARD)
    note = "Pengumumannya dari kantor desa, suratnya ada pada kami."
    actions.appeal(case.id, note=note, actor=actor_for(author, hat_id=hat.id))


def _decided(articles: list[Article], regency: Actor, province: Actor) -> None:
    """Decisions of every kind; what was taken down is public again at the end."""
    for n, article in enumerate(articles):
        case = actions.claim(_open(article, list(SAID)[n % 4], hours=40 + 11 * n).id, actor=regency)
        if n == 0:
            actions.take_down(case.id, note="Foto dipakai tanpa izin pemiliknya.", actor=regency)
            actions.restore(case.id, note="Pemilik foto sudah mengizinkan.", actor=regency)
        elif n % 3 == 1:
            actions.settle(case.id, note="KIM sudah meralat.", actor=regency)
        elif n % 3 == 2:
            actions.dismiss(case.id, actor=regency)
        else:
            actions.warn(case.id, note="Tulis dari mana datanya.", actor=regency)
        decided = clock.now() - timedelta(hours=30 + 10 * n)
        Case.objects.filter(pk=case.pk).update(decided_at=decided, is_in_time=True)


def _shift(case: Case, hours: int) -> None:
    """It began some hours ago; a demo is not late when it is loaded."""
    begun = clock.now() - timedelta(hours=hours)
    due = max(case.due_at - timedelta(hours=hours), clock.now() + timedelta(hours=4))
    Case.objects.filter(pk=case.pk).update(opened_at=begun, due_at=due)
    Report.objects.filter(case=case).update(at=begun)


def _actor(role: str, code: str) -> Actor:
    hat = Mandate.objects.select_related("person").get(role=role, region_id=code, person__is_demo=True)
    return actor_for(hat.person, hat_id=hat.id)


def remove(kims: Iterable[UUID]) -> list[str]:
    """The cases of these KIM are gone, and the figures with them; returns the keys the ledger knows them by."""
    found = Case.objects.filter(kim_id__in=list(kims)) | Case.objects.filter(is_demo=True)
    keys = [f"case:{one}" for one in found.values_list("id", flat=True)]
    found.delete()
    return keys
