"""The steps of a case as buttons: address word, verb, words of the button and of the answer, and the form behind it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from kim.accounts.actor import Actor
from kim.kernel import clock
from kim.kernel.results import Verdict
from kim.moderation import policies
from kim.moderation.forms import AppealForm, FreeNoteForm, MendForm, NoteForm
from kim.moderation.models import Case


@dataclass(frozen=True, slots=True)
class Step:
    word: str
    verb: str
    button: str
    icon: str
    done: str
    form: type[forms.Form] = forms.Form
    tone: str = "second"

    def empty(self) -> forms.Form:
        return self.form(auto_id=f"{self.verb}_%s")

    def filled(self, sent: QueryDict) -> forms.Form:
        return self.form(sent, auto_id=f"{self.verb}_%s")


STEPS = {
    step.word: step
    for step in (
        Step("ambil", "claim", "Ambil dan periksa", "eye", "Laporan ini Anda periksa selama satu jam.", tone=""),
        Step("turunkan", "take_down", "Turunkan dari umum", "cross", "Sudah diturunkan. Penulisnya diberi tahu.", NoteForm, "danger"),
        Step("tegur", "warn", "Tegur, biarkan terbit", "flag", "Teguran terkirim.", NoteForm),
        Step("beres", "settle", "Sudah diperbaiki KIM", "done", "Laporan ditutup: sudah diperbaiki.", FreeNoteForm),
        Step("wajar", "dismiss", "Tidak melanggar", "done", "Laporan ditutup: tidak melanggar.", FreeNoteForm),
        Step("lepas", "release", "Kembalikan ke antrean", "retry", "Laporan kembali ke antrean."),
        Step("pulihkan", "restore", "Pulihkan", "retry", "Sudah bisa dibaca umum lagi.", NoteForm),
        Step("kuatkan", "uphold", "Tolak keberatan", "cross", "Keberatan ditolak. Yang mengajukan diberi tahu.", NoteForm),
        Step("batalkan", "overturn", "Terima keberatan", "done", "Keberatan diterima, putusan dibatalkan.", NoteForm, ""),
        Step("perbaiki", "mend", "Sudah kami perbaiki", "pen", "Terkirim. Petugas akan melihatnya.", MendForm),
        Step("keberatan", "appeal", "Ajukan keberatan", "voice", "Keberatan terkirim ke kantor di tingkat atas.", AppealForm),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """A step with its form and whether this actor may take it."""

    step: Step
    form: forms.Form
    may: Verdict
    is_open: bool


def offered(actor: Actor, case: Case, failed: tuple[Step, Any] | None = None) -> list[Offer]:
    """The steps open at this stage that this actor may take, in the order of STEPS; a form that failed comes open."""
    verdicts = policies.open_verbs(actor, case)
    if case.is_held_at(clock.now()):
        verdicts.pop("claim")
    found = []
    for step in STEPS.values():
        if verdicts.get(step.verb):
            form = failed[1] if failed and failed[0] is step else step.empty()
            found.append(Offer(step, form, verdicts[step.verb], bool(failed and failed[0] is step)))
    return found
