"""`kim manage integrity`: does this machine serve what was published?"""

from django.core.management.base import BaseCommand, CommandError

from kim.config import served


class Command(BaseCommand):
    help = "Membandingkan halaman yang disajikan dengan yang diterbitkan."

    def add_arguments(self, parser):
        parser.add_argument("--things", type=int, default=served.SOME, help="jumlah tulisan yang diperiksa")
        parser.add_argument("--pages", type=int, default=served.SOME, help="jumlah halaman siap saji yang diperiksa")

    def handle(self, *args, things: int, pages: int, **options):
        found = served.check(things, pages)
        self.stdout.write(
            f"{found.words} tulisan dan {found.pages} halaman siap saji diperiksa; "
            f"{found.unrecorded} tulisan terbit sebelum sidiknya dicatat."
        )
        for one in found.differences:
            self.stdout.write(f"BERBEDA {one.thing.url}: {one.found}")
        if found.differences:
            raise CommandError(f"{len(found.differences)} perbedaan. Lihat antrean laporan kementerian.")
        self.stdout.write("Tidak ada perbedaan.")
