"""Loading a nation and taking it away again."""

from collections.abc import Iterator

import pgtrigger
from django.conf import settings
from django.db import transaction

from kim.accounts.models import Person
from kim.accounts.queries import has_real_people
from kim.aspirations import actions as aspirations
from kim.aspirations.models import Tally
from kim.bench import agencies, aside, book, covers, officials, packets, registers, removal
from kim.bench.plan import MONTHS, Order, portions, shares
from kim.evaluation import actions as evaluation
from kim.evaluation.models import Figure
from kim.kernel import clock
from kim.kernel.results import NotAllowed
from kim.moderation import actions as moderation
from kim.moderation.models import LevelFigure
from kim.pages import touched
from kim.publishing.models import Article
from kim.registry.models import Kim


def begin(order: Order, *, photos: int) -> None:
    """Write down what is to be loaded and prepare the tables; nothing when this very load was begun before.

    Raises NotAllowed beside real people, other KIM, or another load: invented KIM among real ones would be a lie.
    """
    if book.exists():
        _demand_same(order)
        return
    if has_real_people() or not settings.KIM_DEMO:
        raise NotAllowed(
            "Data uji tidak boleh dimuat di samping data sungguhan; situsnya harus situs contoh (KIM_DEMO=1)."
        )
    if Kim.objects.exists() or Article.objects.exists() or Person.objects.exists():
        raise NotAllowed("Data uji hanya dimuat ke situs yang kosong. Hapus data contoh dulu: kim manage demo remove.")
    _prepare(order, photos)


@transaction.atomic
def _prepare(order: Order, photos: int) -> None:
    found, secret = shares(order), officials.secret_of(order.seed)
    book.begin(order, len(found), secret, portions(found))
    aside.set_aside()  # before any row waits for its foreign key
    book.keep_covers(covers.draw(order, photos))
    with pgtrigger.ignore():
        officials.settle(order, found, secret)
        agencies.settle(order, found)


def _demand_same(order: Order) -> None:
    note = book.note()
    if note["leaving"]:
        raise NotAllowed("Data uji di sini sedang dihapus. Selesaikan dulu: kim manage bench remove.")
    if note["wish"] != order:
        raise NotAllowed("Di sini sudah ada data uji lain. Hapus dulu: kim manage bench remove.")


def finish() -> Iterator[str]:
    """Count, tell the kept pages, gather statistics; yields what is being done."""
    yield "menghitung angka wilayah"
    _recount()
    yield "mencatat register dan menghitung angka aspirasi"
    registers.fill()
    _recount_voices(book.note()["wish"])
    yield from send_packets()
    yield "merapikan basis data"
    aside.tidy()
    with transaction.atomic():
        book.finish()
        touched("*")


def send_packets() -> Iterator[str]:
    """Government information on its way through the load; what is there already stays as it is."""
    order = book.note()["wish"]
    yield "mengirim paket info"
    number = sum(1 for _ in packets.send(order, shares(order)))
    yield f"{number} paket info dikirim"


def leave() -> None:
    """From here on the load is only taken away; what was set aside is wanted again."""
    if not book.exists():
        raise NotAllowed("Tidak ada data uji di sini.")
    book.leave()


@transaction.atomic
def end() -> None:
    """The last of the load is gone: officers, pictures and notes. The portions are empty already."""
    order, found = book.note()["wish"], book.note()["covers"]
    villages = shares(order)
    persons = [*officials.ids(order, villages), *agencies.officer_ids(order, villages)]
    with pgtrigger.ignore():
        removal.dismiss(persons, agencies.ids(order, villages))
        covers.remove(found)
    book.forget()
    _recount()
    _recount_voices(order)
    touched("*")


def _recount() -> None:
    """All counters anew: so much has changed that asking what is sheer waste."""
    Figure.objects.all().delete()
    evaluation.recount()


def _recount_voices(order: Order) -> None:
    """The months of every desk from the beginning of the load up to now, the themes, and what the levels decided."""
    Tally.objects.all().delete()
    LevelFigure.objects.all().delete()
    months = (clock.today().year - order.day.year) * 12 + clock.today().month - order.day.month
    aspirations.recount(months=max(months, 0) + MONTHS + 1)
    aspirations.all_themes()
    moderation.recount()
