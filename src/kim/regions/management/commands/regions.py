"""`regions rebuild` packs the tree from its source, `regions load` brings it into the database, `regions population` who lives there."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kim.kernel.results import Refused
from kim.regions import actions
from kim.regions.data import changes, heads, pack


class Command(BaseCommand):
    help = "Membuat dan memuat data wilayah resmi."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        rebuild = verbs.add_parser("rebuild", help="buat data wilayah dari paket idn-area-data")
        rebuild.add_argument("package", type=Path, help="arsip .tgz dari npm, folder paket, atau folder CSV")
        rebuild.add_argument("--source", help="sumber yang dicatat; kalau kosong, sama dengan data sekarang")
        rebuild.add_argument("--effective-on", type=date.fromisoformat, default=timezone.localdate())
        rebuild.add_argument("--into", type=Path, default=pack.PACK, help="berkas hasil")
        load = verbs.add_parser("load", help="muat data wilayah ke basis data")
        load.add_argument("--tree", type=Path, default=pack.PACK, help="data wilayah lain dari yang dibawa proyek")
        people = verbs.add_parser("population", help="muat jumlah penduduk dari berkas")
        people.add_argument("file", type=Path, help="CSV kode,jumlah,tahun,sumber; kode yang sama diganti")
        load.add_argument("--changes", type=Path, help="CSV kind,from_code,to_code,effective_on,source")

    def handle(self, *, verb: str, **options: object) -> None:
        try:
            getattr(self, verb)(**options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def rebuild(self, *, package: Path, source: str | None, effective_on: date, into: Path, **_: object) -> None:
        former = pack.read(into) if into.exists() else None
        source = source or (former.source if former else package.name)
        tree = pack.from_package(package, source=source, effective_on=effective_on)
        if former and former.names == tree.names:
            self.stdout.write(f"Tidak ada yang berubah. {_counted(tree.counts())}.")
            return
        pack.write(tree, into)
        self.stdout.write(f"{_counted(tree.counts())}. Ditulis ke {into.name}.")
        for line in pack.differences(former, tree) if former else ():
            self.stdout.write(line)

    def load(self, *, tree: Path, changes: Path | None, **_: object) -> None:
        named = change_list(changes)
        outcome = actions.load(tree=pack.read(tree), changes=named, say=self.stdout.write)
        if outcome.is_unchanged:
            self.stdout.write(f"Data wilayah sudah yang terbaru: {_counted(outcome.counts)}.")
            return
        self.stdout.write(
            f"Data wilayah siap: {_counted(outcome.counts)}. Baru {outcome.created}, diperbarui {outcome.updated},"
            f" berganti nama {outcome.renamed}, ditutup {outcome.closed}, perubahan dicatat {outcome.changes},"
            f" data ikut pindah {outcome.moved}."
        )

    def population(self, *, file: Path, **_: object) -> None:
        brought, added = actions.count_people(heads.read(file))
        self.stdout.write(f"Jumlah penduduk {brought} wilayah disimpan, {added} wilayah di atasnya dijumlahkan.")


def change_list(path: Path | None) -> list[changes.Change]:
    return changes.read(path) if path else []


def _counted(counts: dict[str, int]) -> str:
    words = {
        "province": "provinsi",
        "regency": "kabupaten/kota",
        "district": "kecamatan",
        "village": "desa/kelurahan",
    }
    return ", ".join(f"{counts[level]:,} {word}".replace(",", ".", 1) for level, word in words.items())
