"""Speaking up in three short steps. What was typed travels along in hidden fields: nothing is kept before it is sent."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.datastructures import MultiValueDict

from kim.aspirations.models import Category
from kim.aspirations.queries import channels
from kim.aspirations.workflow import Kind, Privacy
from kim.kernel import clock, personal, ticket
from kim.kernel.ids import as_id, new_id
from kim.media.models import Purpose
from kim.registry.forms.base import DayField, LineField, PhoneField, PlainForm

BROUGHT, BROUGHT_FOR = "kim.aspirations.brought", 60 * 60 * 24
MOST_PHOTOS = 3
FIRST, LAST = 1, 3
CODE = re.compile(f"[{ticket.LETTERS}]{{{ticket.SECRET}}}")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
NOBODYS_PHONE = "Tanpa nama berarti nomor HP tidak disimpan, jadi kami tidak bisa mengabari. Lepas centang ini."
TOO_LITTLE = "Ceritakan dengan kata-kata: apa yang terjadi. Tautan saja belum cukup."
TOO_LONG = "Tulisan ini terlalu panjang ({length} huruf). Paling banyak 4.000: ceritakan yang terpenting."


class WordsForm(PlainForm):
    """Step 1: what it is."""

    explanations: dict[str, dict[Any, str]] = {
        "kind": {
            Kind.COMPLAINT: "Jalan rusak, air mati, layanan lambat",
            Kind.WISH: "Usulan atau harapan untuk desa",
            Kind.REQUEST: "Ingin tahu cara, syarat, atau anggaran",
        }
    }

    kind = forms.ChoiceField(
        label="Jenisnya", choices=Kind.choices, widget=forms.RadioSelect, error_messages={"invalid_choice": "Pilih satu jenis."}
    )  # fmt: skip
    text = forms.CharField(
        label="Ceritakan", widget=forms.Textarea({"rows": 5}),
        help_text="Pakai bahasa sehari-hari. Bahasa daerah juga boleh. Jangan tulis nama anak.",
    )  # fmt: skip

    def clean_text(self) -> str:
        words = self.cleaned_data["text"].replace("\r\n", "\n")
        if len(words) > 4000:
            raise forms.ValidationError(TOO_LONG.format(length=f"{len(words):,}".replace(",", ".")))
        if sum(sign.isalpha() for sign in _LINK.sub("", words)) < 10:
            raise forms.ValidationError(TOO_LITTLE)
        return words


class WhereForm(PlainForm):
    """Step 2: where, when, and what shows it."""

    tempat = LineField(
        label="Desa atau kelurahan", max_length=80,
        help_text="Nama yang sama ada di mana-mana: tambahkan kecamatan atau kabupatennya.",
        widget=forms.TextInput({"data-place": "", "data-place-level": "village", "autocomplete": "off"}),
    )  # fmt: skip
    place = LineField(
        label="Patokan tempat", max_length=160, required=False, help_text="Contoh: depan SD Negeri 2, dekat jembatan."
    )
    category = forms.ChoiceField(label="Tentang", choices=Category.choices, initial=Category.OTHER)
    happened_on = DayField(label="Sejak kapan atau kapan terjadi", required=False)


class WhoForm(PlainForm):
    """Step 3: who may know it. Whoever speaks without a name is asked for none."""

    explanations: dict[str, dict[Any, str]] = {
        "privacy": {
            Privacy.OPEN: "Petugas yang menangani tahu nama Anda. Kalau ditampilkan, warga lain membacanya tanpa nama.",
            Privacy.CONFIDENTIAL: "Di desa hanya pengurus KIM dan kepala desa yang membacanya. Tidak pernah ditampilkan.",
            Privacy.ANONYMOUS: "Kami tidak menyimpan nama, nomor, atau HP Anda. Jawabannya Anda baca dengan nomor dan kode rahasia.",
        }
    }

    privacy = forms.ChoiceField(
        label="Siapa yang boleh tahu Anda?", choices=Privacy.choices, widget=forms.RadioSelect, initial=Privacy.OPEN
    )
    reporter_name = LineField(
        label="Nama Anda", max_length=120, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    reporter_phone = PhoneField(
        label="Nomor HP", required=False, help_text="Supaya petugas bisa bertanya atau mengabari Anda."
    )
    tell_me = forms.BooleanField(
        label="Kabari saya lewat WhatsApp atau SMS di nomor itu", required=False,
        help_text=(
            "Saat diterima, ditanya balik, dijawab, dan empat minggu sesudahnya. Pesannya hanya menyebut nomor aspirasi, tanpa"
            " isi dan kodenya. Bisa dihentikan kapan saja. HP dipakai bersama? Lebih aman tidak dicentang."
        ),
    )  # fmt: skip
    passes_village = forms.BooleanField(
        label="Ini tentang kantor atau perangkat desa: kirim langsung ke kabupaten/kota, jangan lewat desa.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not channels():
            del self.fields["tell_me"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("tell_me") and data.get("privacy") == Privacy.ANONYMOUS:
            self.add_error("tell_me", NOBODYS_PHONE)
        elif data.get("tell_me") and not data.get("reporter_phone") and "reporter_phone" not in self.errors:
            self.add_error("reporter_phone", "Tulis nomor HP-nya, atau lepas centang “Kabari saya”.")
        return data


STEPS: dict[int, type[PlainForm]] = {1: WordsForm, 2: WhereForm, 3: WhoForm}
ALONG = ("kode", "id", "rahasia", "ditulis")  # besides the fields: the village, the id, the secret, when it was written


class Speaking:
    """What a phone has sent so far: at which step it is, and everything to send along."""

    def __init__(self, post: MultiValueDict) -> None:
        self.post = post
        self.id: UUID = as_id(post.get("id", "")) or as_id(post.get("kunci", "")) or new_id()
        said = post.get("rahasia", "")
        self.secret = said if CODE.fullmatch(said) else ticket.new_secret()
        self.written_at = _moment(post.get("ditulis", "")) or clock.now()
        self.files = [token for token in post.getlist("berkas") if purpose_of(token)]
        self.code = post.get("kode", "")

    @property
    def step(self) -> int:
        """The step that was sent."""
        said = self.post.get("langkah", "")
        return int(said) if said in ("1", "2", "3") else FIRST

    @property
    def back_to(self) -> int:
        """The step somebody wants to change; 0 for none."""
        said = self.post.get("ubah", "")
        return int(said) if said in ("1", "2") else 0

    def form(self, step: int, *, fresh: bool = False, **guessed: str) -> PlainForm:
        """The form of a step with what was sent for it; a `fresh` one does not complain, and may guess."""
        kind = STEPS[step]
        if not fresh:
            return kind(self.post)
        return kind(initial=guessed | {name: self.post[name] for name in kind.base_fields if name in self.post})

    def along(self, step: int) -> list[tuple[str, str]]:
        """The hidden fields of a page that shows this step."""
        shown = STEPS[step].base_fields
        names = [
            name for number, kind in STEPS.items() if number != step for name in kind.base_fields if name not in shown
        ]
        kept = [(name, self.post[name]) for name in names if name in self.post]
        own = [("id", str(self.id)), ("rahasia", self.secret), ("ditulis", self.written_at.isoformat())]
        own += [("kode", self.code)] if step != 2 else []
        return [*own, *kept, *(("berkas", token) for token in self.files)]

    def room_for(self, purpose: Purpose) -> int:
        """How many more of that kind may come."""
        most = MOST_PHOTOS if purpose == Purpose.EVIDENCE else 1
        return most - sum(purpose_of(token) == purpose for token in self.files)

    def add_file(self, upload_id: UUID, purpose: Purpose) -> None:
        self.files.append(signing.dumps([str(upload_id), purpose.value], salt=BROUGHT))

    def drop_file(self, token: str) -> None:
        self.files = [kept for kept in self.files if kept != token]

    def uploads(self) -> list[UUID]:
        return [UUID(signing.loads(token, salt=BROUGHT)[0]) for token in self.files]

    def shown_files(self) -> list[dict[str, Any]]:
        """For the page: a name to call each by, and the token that drops it."""
        numbers = {Purpose.EVIDENCE: 0, Purpose.VOICE: 0}
        shown = []
        for token in self.files:
            purpose = Purpose(purpose_of(token))
            numbers[purpose] += 1
            name = f"Foto {numbers[purpose]}" if purpose == Purpose.EVIDENCE else "Rekaman suara"
            shown.append({"token": token, "name": name, "is_voice": purpose == Purpose.VOICE})
        return shown

    def warnings(self) -> list[personal.Trace]:
        """Personal data in the words: nothing is refused, a person may think again."""
        words = f"{self.post.get('text', '')}\n{self.post.get('place', '')}"
        return [*personal.traces(words), *personal.traces_of_children(words)]


def purpose_of(token: str) -> str:
    """What a file token stands for; nothing for a forged or an old one."""
    try:
        return str(signing.loads(token, salt=BROUGHT, max_age=BROUGHT_FOR)[1])
    except (signing.BadSignature, IndexError, TypeError):
        return ""


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
