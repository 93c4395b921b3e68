"""`kim manage bench load|status|remove|readers|people`: a whole nation of invented KIM, to measure at its size."""

import json
from argparse import SUPPRESS
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from kim.bench import actions, aside, book, crew, officials, readers
from kim.bench.plan import A_YEAR, Order, shares
from kim.bench.portions import WORK
from kim.bench.progress import Progress
from kim.kernel import clock
from kim.kernel.results import NotAllowed


class Command(BaseCommand):
    help = "Data uji sebesar negeri: muat, lihat, hapus; alamat pembaca dan cara masuk untuk pengukuran."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="muat; perintah yang sama meneruskan pemuatan yang terputus")
        load.add_argument("--share", type=float, default=1.0, help="bagian dari semua desa dan kelurahan, 0 sampai 1")
        load.add_argument("--articles", type=int, help="jumlah kabar; kalau kosong, menurut --factor")
        load.add_argument(
            "--factor", type=float, default=1.0, help="1 berarti 5 juta kabar setahun untuk seluruh negeri"
        )
        load.add_argument("--seed", type=int, default=7)
        load.add_argument("--until", help="hari terakhir berita (TTTT-BB-HH); kalau kosong, hari ini")
        load.add_argument("--places", default="", help="hanya di kode wilayah ini, dipisah koma, misalnya 35,16.71")
        load.add_argument("--photos", type=int, default=8, help="jumlah gambar yang dipakai bersama")
        load.add_argument("--jobs", type=int, default=2)
        verbs.add_parser("status", help="sejauh mana pemuatannya")
        remove = verbs.add_parser("remove", help="hapus semua yang dimuat, dan hanya itu")
        remove.add_argument("--jobs", type=int, default=2)
        verbs.add_parser("packets", help="kirim paket info di data uji yang dimuat sebelum ada paket info")
        asked = verbs.add_parser("readers", help="alamat yang dibuka pembaca, menurut kelarisannya")
        asked.add_argument("--count", type=int, default=1000)
        asked.add_argument("--seed", type=int, default=7)
        people = verbs.add_parser("people", help="cara masuk untuk pengukuran")
        people.add_argument("--count", type=int, default=10, help="jumlah ketua KIM")
        people.add_argument("--json", action="store_true")
        work = verbs.add_parser("work", help=SUPPRESS)
        work.add_argument("what", choices=WORK)
        work.add_argument("--database", required=True)

    def handle(self, *, verb: str, **options: Any) -> None:
        try:
            getattr(self, verb)(**options)
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        except crew.CrewFailed as error:
            raise CommandError("Pemuatan terhenti. Jalankan perintah yang sama untuk meneruskannya.") from error

    def load(self, *, jobs: int, photos: int, **options: Any) -> None:
        actions.begin(_order(**options), photos=photos)
        if book.note()["done_at"]:
            self.stdout.write("Data uji sudah dimuat.")
            return
        self._fill(jobs)
        self._restore(jobs)
        for doing in actions.finish():
            self.stdout.write(f"{doing} …")
        self.status()

    def _fill(self, jobs: int) -> None:
        how = book.progress()
        before, bar = how["rows"], Progress(self.stdout, "memuat", how["of_portions"])

        def tell() -> None:
            now = book.progress()
            bar.tell(now["portions"], now["rows"] - before)

        crew.run("fill", jobs, tell)
        bar.end()

    def _restore(self, jobs: int) -> None:
        number = aside.left()
        bar = Progress(self.stdout, "membuat indeks", number)
        crew.run("restore", jobs, lambda: bar.tell(number - aside.left()))
        bar.end()

    def status(self, **_: Any) -> None:
        if not book.exists():
            self.stdout.write("Tidak ada data uji.")
            return
        note, how, order = book.note(), book.progress(), book.note()["wish"]
        self.stdout.write(
            f"{note['villages']} KIM, {how['articles']} dari {how['of_articles']} kabar, {how['rows']} baris, "
            f"bagian {how['portions']} dari {how['of_portions']}, indeks tertunda {aside.left()}."
        )
        self.stdout.write(f"Pesanan: share {order.share}, seed {order.seed}, sampai {order.until}.")
        if note["done_at"]:
            self.stdout.write(f"Selesai dalam {(note['done_at'] - note['begun_at']).total_seconds():.0f} detik.")

    def remove(self, *, jobs: int, **_: Any) -> None:
        actions.leave()
        self._restore(jobs)
        total = book.progress()["portions"]
        bar = Progress(self.stdout, "menghapus", total)
        crew.run("empty", jobs, lambda: bar.tell(total - book.progress()["portions"]))
        bar.end()
        actions.end()
        self.stdout.write("Data uji sudah dihapus.")

    def packets(self, **_: Any) -> None:
        _present()
        for doing in actions.send_packets():
            self.stdout.write(f"{doing} …")

    def readers(self, *, count: int, seed: int, **_: Any) -> None:
        for address in readers.addresses(_present(), count, seed):
            self.stdout.write(address)

    def people(self, *, count: int, json: bool, **_: Any) -> None:
        order = _present()
        rows = [asdict(row) for row in officials.sign_ins(order, shares(order), count)]
        self.stdout.write(_as_json(rows) if json else _as_lines(rows))

    def work(self, *, what: str, database: str, **_: Any) -> None:
        connection.settings_dict["NAME"] = database
        for _done in WORK[what]():
            pass


def _order(
    *, share: float, articles: int | None, factor: float, seed: int, until: str | None, places: str, **_: Any
) -> Order:
    if not 0 < share <= 1:
        raise CommandError("--share adalah angka di atas 0 sampai 1.")
    number = round(A_YEAR * share * factor) if articles is None else articles
    day = date.fromisoformat(until).isoformat() if until else _begun_on()
    return Order(share, number, seed, day, tuple(filter(None, places.split(","))))


def _begun_on() -> str:
    """Today; when a load goes on, the day it was begun for."""
    return book.note()["wish"].until if book.exists() else clock.today().isoformat()


def _present() -> Order:
    if not book.exists():
        raise NotAllowed("Tidak ada data uji di sini.")
    return book.note()["wish"]


def _as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, indent=1)


def _as_lines(rows: list[dict[str, Any]]) -> str:
    names = ("role", "where", "login", "secret", "code", "site")
    return "\n".join("  ".join(f"{row[name]:<26}" for name in names).rstrip() for row in rows)
