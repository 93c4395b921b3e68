"""`kim manage invite`: let the first official of an installation in; whoever has this shell may do anything anyway."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kim.accounts import actions
from kim.accounts.actor import SYSTEM
from kim.accounts.models import KIM_ROLES, Purpose, Role
from kim.kernel.codes import NATION, is_code
from kim.kernel.phone import BadPhone, normalise
from kim.kernel.results import NotAllowed, Refused


class Command(BaseCommand):
    help = "Mengundang petugas: mendaftarkan orang, memberi tugas, mencetak kode masuk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="nama lengkap")
        parser.add_argument("--role", required=True, choices=[r.value for r in Role if r not in KIM_ROLES])
        parser.add_argument("--region", default=NATION, help="kode wilayah, bawaan ID (nasional)")
        parser.add_argument("--email", default="", help="surel, untuk petugas")
        parser.add_argument("--phone", default="", help="nomor HP, untuk kepala desa")

    def handle(self, *, name: str, role: str, region: str, email: str, phone: str, **options: object) -> None:
        if not is_code(region):
            raise CommandError("Kode wilayah tidak dikenal, misalnya 35.02.")
        try:
            number = normalise(phone) if phone else ""
            who = actions.invite(actor=SYSTEM, name=name, role=role, region=region, phone=number, email=email)
            code = actions.issue_code(who.pk, actor=SYSTEM, purpose=Purpose.of(role))
        except (BadPhone, NotAllowed, Refused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Kode masuk {who.name}: {code[:4]}-{code[4:]}, berlaku tujuh hari, sekali pakai.")
        self.stdout.write(f"{settings.KIM_BASE_URL}/masuk/kode/?k={code}")
