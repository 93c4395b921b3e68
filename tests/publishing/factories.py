"""A KIM with its people, and texts in any stage, for tests."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.factories import actor
from kim.accounts.actor import Actor
from kim.accounts.models import Person, Role
from kim.kernel.ids import new_id
from kim.media.models import Purpose, Upload
from kim.publishing import actions
from kim.publishing.models import Article, CheckPoint
from kim.registry.models import Kim
from registry.factories import kim as make_kim

POINTS = tuple(CheckPoint.values)
WORDS = {
    "title": "Panen durian Ngebel dimulai",
    "gist": "Mulai Senin.\nBisa pesan langsung.",
    "body": "Panen durian di Desa Ngebel dimulai Senin. Pembeli bisa memesan sehari sebelumnya.",
    "source_note": "Ketua kelompok tani Makmur",
    "category": "pertanian",
}


@dataclass
class House:
    """One KIM and a person for each hat."""

    kim: Kim
    member: Actor
    second: Actor
    editor: Actor
    board: Actor
    regency: Actor

    def draft(self, **words: Any) -> Article:
        """A text as a member has just saved it."""
        kind = words.pop("kind", "news")
        fields = WORDS | words
        by = self.member
        return actions.start(new_id(), kind=kind, fields=fields, form_key=None, is_final=True, actor=by)

    def discussed(self, **words: Any) -> Article:
        return actions.discuss(self.draft(**words).id, actor=self.member)

    def decided(self, **words: Any) -> Article:
        article = self.discussed(**words)
        return actions.agree(article.id, revision=article.revision, actor=self.board)

    def reviewed(self, **words: Any) -> Article:
        return actions.request_review(self.decided(**words).id, points=POINTS, actor=self.editor)

    def published(self, **words: Any) -> Article:
        return actions.publish(self.decided(**words).id, points=POINTS, actor=self.editor)

    def urgent(self, **words: Any) -> Article:
        article = self.draft(kind="notice", is_urgent=True, **words)
        return actions.publish_urgently(article.id, points=POINTS, actor=self.editor)


def house(code: str = "35.02.17.1008", **fields: Any) -> House:
    one = make_kim(code, **({"decision_rule": "head"} | fields))
    hats = {
        "member": (Role.MEMBER, "Hartini"),
        "second": (Role.MEMBER, "Suyatno"),
        "editor": (Role.EDITOR, "Bagus"),
        "board": (Role.BOARD, "Ratna"),
    }
    people = {name: actor(role, code, kim_id=one.id, name=called) for name, (role, called) in hats.items()}
    return House(kim=one, regency=actor(Role.REGENCY, code[:5], name="Petugas"), **people)


def jpeg(name: str = "durian.jpg", size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", size, "orange").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def upload(**fields: Any) -> Upload:
    made = {"purpose": Purpose.PHOTO, "name": "a.jpg", "mime": "image/jpeg", "size": 9, "sha256": "0" * 64}
    return Upload.objects.create(**(made | {"width": 640, "height": 480} | fields))


def person_of(who: Actor) -> Person:
    return Person.objects.get(id=who.person_id)
