"""Who may do what with a text, and what still keeps it from going out. Each refusal is a sentence for the person."""

from collections.abc import Sequence

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.kernel.results import ALLOWED, Denied, Verdict
from kim.publishing.models import Article, Kind, Photo, Withdrawal
from kim.publishing.workflow import WORKFLOW

EDITORS = (Role.EDITOR, Role.BOARD)
MOST_PHOTOS = 10


def can_write(actor: Actor, kim_id: object) -> Verdict:
    """Any member of the KIM."""
    if actor.wears(*KIM_ROLES) and kim_id and actor.kim_id == kim_id:
        return ALLOWED
    return Denied("Hanya anggota KIM ini yang dapat menulis di sini.")


def can_edit(actor: Actor, article: Article) -> Verdict:
    """Any member of the KIM; never the government."""
    if actor.is_official:
        return Denied("Pemerintah tidak mengubah tulisan KIM. Kembalikan dengan catatan, atau tarik dengan alasan.")
    return can_write(actor, article.kim_id)


def can_discuss(actor: Actor, article: Article) -> Verdict:
    """Any member may bring a text into the room."""
    return can_write(actor, article.kim_id)


def can_agree(actor: Actor, article: Article) -> Verdict:
    """A member; whether enough of them stand behind it is asked of the room."""
    return can_write(actor, article.kim_id)


can_postpone = can_reject = can_confirm = can_agree


def can_retract(actor: Actor, article: Article) -> Verdict:
    """A member records that the KIM, asked afterwards, said no."""
    return can_write(actor, article.kim_id)


def can_send_out(actor: Actor, article: Article) -> Verdict:
    """The editor and the board answer for what leaves the house."""
    if actor.in_kim(article.kim_id, *EDITORS):
        return ALLOWED
    return Denied("Hanya pengurus dan redaktur yang dapat menerbitkan.")


def can_request_review(actor: Actor, article: Article) -> Verdict:
    return can_send_out(actor, article)


can_take_back = can_schedule = can_unschedule = can_publish_urgently = can_correct = can_reply = can_request_review


def can_publish(actor: Actor, article: Article, *, is_supervised: bool = False) -> Verdict:
    """The editor or the board; the first texts of a new KIM are published by Diskominfo when it has looked at them."""
    if article.stage == "reviewed":
        return can_return(actor, article)
    verdict = can_send_out(actor, article)
    if verdict and is_supervised:
        return Denied("Kabar-kabar pertama KIM baru dilihat dulu oleh Diskominfo. Kirim untuk diperiksa.")
    return verdict


def can_return(actor: Actor, article: Article) -> Verdict:
    """Diskominfo of that regency or city."""
    if actor.holds(Role.REGENCY, within=article.region_id):
        return ALLOWED
    return Denied("Hanya Diskominfo kabupaten/kota ini yang memeriksa kabar pertama KIM.")


def can_unpublish(actor: Actor, article: Article) -> Verdict:
    """The KIM itself, or an office over its region; always with a reason."""
    if actor.holds(*OFFICES, within=article.region_id):
        return ALLOWED
    if actor.in_kim(article.kim_id, *EDITORS):
        return ALLOWED
    return Denied("Kabar ini dapat ditarik oleh pengurus KIM-nya, atau oleh Diskominfo di wilayahnya.")


def can_restore(actor: Actor, article: Article) -> Verdict:
    """Whoever took it down: the KIM its own, an office its own or that of an office below it.

    What the KIM, asked after an urgent text went out, said no to comes back by nobody's hand.
    """
    if article.withdrawn_category == Withdrawal.DECISION and not article.is_decided:
        return Denied("KIM sudah memutuskan kabar ini tidak disebarkan. Tulis kabar baru, lalu ajukan untuk dibahas.")
    if not article.withdrawn_code:
        return can_send_out(actor, article)
    if actor.holds(*OFFICES, within=article.withdrawn_code):
        return ALLOWED
    return Denied(
        f"Kabar ini ditarik oleh {article.withdrawn_by}. Hanya kantor itu atau di atasnya yang dapat memulihkan."
    )


def open_verbs(actor: Actor, article: Article, *, is_supervised: bool = False) -> dict[str, Verdict]:
    """For each step open at this stage, whether this actor may take it: the page's buttons."""
    verdicts = {verb: CAN[verb](actor, article) for verb in WORKFLOW.verbs(article.stage)}
    if "publish" in verdicts:
        verdicts["publish"] = can_publish(actor, article, is_supervised=is_supervised)
    if "publish_urgently" in verdicts and not article.may_be_urgent:
        del verdicts["publish_urgently"]
    return verdicts


def problems(article: Article, photos: Sequence[Photo]) -> list[str]:
    """What is missing before the text may go out, whoever wants it."""
    found = []
    if not article.title:
        found.append("Judulnya masih kosong.")
    if not article.body:
        found.append("Isinya masih kosong.")
    if not article.source_note:
        found.append("Sumbernya belum ditulis: dari siapa Anda tahu?")
    if article.kind == Kind.ACTIVITY and not (article.place and article.held_on):
        found.append("Tempat dan tanggal kegiatan belum lengkap.")
    for number, photo in enumerate(photos, 1):
        if not photo.upload.alt:
            found.append(f"Foto {number} belum punya keterangan gambar.")
        if not photo.upload.has_consent:
            found.append(f"Foto {number}: orang yang tampak belum dicentang setuju.")
    return found


CAN = {verb: globals()[f"can_{verb.rstrip('_')}"] for verb in WORKFLOW}
