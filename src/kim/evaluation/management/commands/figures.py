"""`./kim manage figures recount|compare`: count everything anew, or only say where the kept counters are wrong."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from kim.evaluation import actions


class Command(BaseCommand):
    help = "Counters per region: recount them, or compare them with a fresh count."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["recount", "compare"])

    def handle(self, *, act: str, **options: object) -> None:
        if act == "recount":
            self.stdout.write(f"{len(actions.recount())} regions put right")
            return
        wrong = actions.compare()
        for code, (kept, counted) in wrong.items():
            names = [f"{name} {kept[name]} → {counted[name]}" for name in kept if kept[name] != counted[name]]
            self.stdout.write(f"{code}: {', '.join(names)}")
        if wrong:
            raise CommandError(f"{len(wrong)} regions differ; `figures recount` puts them right")
        self.stdout.write("every counter is right")
