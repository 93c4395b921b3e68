"""`kim manage rule`: a region sets one of its own rules, and says whether it warns or holds back."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kim.accounts.actor import SYSTEM
from kim.accounts.queries import place
from kim.kernel.codes import NATION, is_code
from kim.ledger.actions import record
from kim.regions.actions import set_rule
from kim.regions.models import DEFAULT_RULES


class Command(BaseCommand):
    help = "Menetapkan aturan satu wilayah dan semua di bawahnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", choices=sorted(DEFAULT_RULES), help="aturan")
        parser.add_argument("value", help='nilai, misalnya 10 atau ["regency"]')
        parser.add_argument("--region", default=NATION, help="kode wilayah, bawaan ID (nasional)")
        parser.add_argument("--block", action="store_true", help="menahan pendaftaran, bukan hanya mengingatkan")
        parser.add_argument("--source", default="", help="dasar aturan, misalnya SE 14/2022")

    @transaction.atomic
    def handle(self, *, key: str, value: str, region: str, block: bool, source: str, **options: object) -> None:
        if not is_code(region) or place(region) is None:
            raise CommandError("Kode wilayah tidak dikenal, misalnya 35.02.")
        said = _read(value, DEFAULT_RULES[key])
        set_rule(region_code=region, key=key, value=said, is_blocking=block, source=source)
        record("rule.set", f"region:{region}", actor=SYSTEM, region=region, rule=key, value=said, is_blocking=block)
        self.stdout.write(f"Aturan {key} di {region} sekarang {said}{', menahan' if block else ''}.")


def _read(text: str, example: object) -> object:
    """The value in the shape of the default, a format one that counts; CommandError for any other."""
    try:
        said = text if isinstance(example, str) else json.loads(text)
        counts = not isinstance(said, str) or _numbered(said, 1) != _numbered(said, 2)
    except (ValueError, LookupError):
        said, counts = None, False
    if type(said) is not type(example) or not counts:
        raise CommandError(f"Nilai ini tidak cocok. Contoh: {json.dumps(example)}")
    return said


def _numbered(pattern: str, number: int) -> str:
    return pattern.format(code="3502171008", number=number, sequence=number)
