"""`kim manage demo load|remove|signins`."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kim.accounts.demo import sign_ins
from kim.demo import actions
from kim.kernel.results import NotAllowed


class Command(BaseCommand):
    help = "Data contoh: muat, hapus, atau tampilkan cara masuknya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("load", "remove", "signins"))

    def handle(self, *args, what: str, **options) -> None:
        try:
            getattr(self, what)()
        except NotAllowed as error:
            raise CommandError(str(error)) from error

    def load(self) -> None:
        actions.load(lambda line: self.stdout.write(f"  {line} …"))

    def remove(self) -> None:
        self.stdout.write(f"{actions.remove()} KIM contoh beserta isinya sudah dihapus.")

    def signins(self) -> None:
        """The table `kim run` prints: role, name, number or e-mail, PIN or password."""
        for row in sign_ins():
            self.stdout.write(f"{row.role_label:<28} {row.where:<34} {row.login:<26} {row.secret}")
