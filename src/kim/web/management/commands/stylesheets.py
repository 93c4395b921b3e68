"""`./kim manage stylesheets` writes the shipped stylesheets from their sources."""

import gzip

from django.core.management.base import BaseCommand

from kim.web.stylesheets import BUILT, build


class Command(BaseCommand):
    help = "Join and shrink the stylesheets of static/css into static/built."

    def handle(self, *args, **options):
        BUILT.mkdir(exist_ok=True)
        for name, css in build().items():
            (BUILT / name).write_text(css, encoding="utf-8")
            packed = len(gzip.compress(css.encode(), mtime=0))
            self.stdout.write(f"{name}: {len(css)} bytes, {packed} gzip")
