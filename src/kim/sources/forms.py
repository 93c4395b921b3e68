"""The forms of a source: its address, which is tried at once, and what to call what was found there."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing

from kim.accounts.actor import Actor
from kim.kernel.feeds import ADDRESS, SHORT
from kim.kernel.outside import Trouble
from kim.kernel.text import squeeze
from kim.sources import actions
from kim.sources.models import Every

SALT = "kim.sources.looked-at"
VALID = 3600  # seconds between looking and keeping
SHOWN = 3  # items of a feed shown before it is kept
MOST_TOPICS = 5


class AddressForm(forms.Form):
    """The feed is read here, so that a bad address is answered beside the field. `sample` comes out, signed."""

    url = forms.CharField(
        label="Alamat umpan",
        max_length=ADDRESS,
        help_text="Tautan RSS, Atom, atau JSON Feed dari situs pemerintah. Biasanya bertanda RSS di kaki halaman.",
        widget=forms.URLInput({"autocomplete": "off", "inputmode": "url", "placeholder": "https://"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_url(self) -> str:
        try:
            seen = actions.look(self.cleaned_data["url"], actor=self.actor)
        except Trouble as trouble:
            raise forms.ValidationError(str(trouble)) from trouble
        feed = seen.feed
        items = [[one.title, one.summary, one.published and one.published.isoformat()] for one in feed.entries[:SHOWN]]
        self.sample = {"url": seen.url, "name": feed.title, "licence": feed.licence, "items": items}
        return seen.url


class SourceForm(forms.Form):
    """What is kept of a feed that was looked at. Only an address looked at within the hour is taken."""

    checked = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Nama sumber", max_length=SHORT, help_text="Seperti yang akan dibaca rekan Anda.")
    agency = forms.CharField(
        label="Instansi", max_length=SHORT, help_text="Siapa yang menerbitkan, misalnya Dinas Pertanian."
    )
    licence = forms.CharField(
        label="Lisensi",
        max_length=SHORT,
        required=False,
        help_text="Boleh dipakai dengan syarat apa, misalnya CC BY 4.0 atau Informasi publik.",
    )
    topics = forms.CharField(
        label="Topik", max_length=200, required=False, help_text="Pisahkan dengan koma, misalnya pertanian, cuaca."
    )
    every = forms.TypedChoiceField(label="Dibaca", choices=Every.choices, coerce=int, initial=Every.QUARTER)

    @classmethod
    def for_sample(cls, sample: dict[str, Any]) -> "SourceForm":
        """The form as it is offered after a look, with what the feed says of itself."""
        checked = signing.dumps(sample, salt=SALT, compress=True)
        return cls(initial={"checked": checked, "name": sample["name"][:SHORT], "licence": sample["licence"]})

    @property
    def sample(self) -> list[dict[str, Any]]:
        """The first items of the feed, as they were when it was looked at."""
        items = _opened(self["checked"].value() or "").get("items", [])
        return [
            {"title": title, "summary": summary, "published": at and datetime.fromisoformat(at)}
            for title, summary, at in items
        ]

    @property
    def url(self) -> str:
        """The address that was looked at; '' when that is too long ago, or never was."""
        return _opened(self["checked"].value() or "").get("url", "")

    def clean_topics(self) -> list[str]:
        topics = [squeeze(topic)[:40].lower() for topic in self.cleaned_data["topics"].split(",")]
        return list(dict.fromkeys(topic for topic in topics if topic))[:MOST_TOPICS]

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.add` wants."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "checked"}
        return said | {"url": self.url}


class ReasonForm(forms.Form):
    """Why a suggestion is passed over; nobody has to say."""

    reason = forms.CharField(
        label="Alasan", max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="Supaya rekan Anda tahu. Tidak tampil untuk umum.",
    )  # fmt: skip


def _opened(checked: str) -> dict[str, Any]:
    try:
        return signing.loads(checked, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return {}
