"""KIM in any stage for tests."""

from datetime import date, timedelta
from itertools import count

from kim.kernel import clock
from kim.registry.models import Decree, Kim
from kim.registry.workflow import DecreeStage, Stage
from regions.factories import plant

_sequence = count(1)


def kim(code: str = "35.02.17.1008", *, stage: Stage = Stage.REGISTERED, **fields) -> Kim:
    """A KIM; a registered one has a number, an address and a decree in force."""
    plant(code)
    n = next(_sequence)
    made = {"name": f"KIM Contoh {n}", "slug": f"contoh-{n}", "region_id": code, "stage": stage, "understands_no_budget": True}
    if stage == Stage.REGISTERED:
        made |= {"registry_number": f"KIM-{code.replace('.', '')}-{n:02d}", "registered_at": clock.now(), "published_count": 9}
    return Kim.objects.create(**(made | fields))


def decree(of: Kim, *, days_left: int = 400, stage: DecreeStage = DecreeStage.ACCEPTED, **fields) -> Decree:
    today = date.today()
    made = {"number": "489/07/401.403.6/2014", "about": "Pembentukan KIM", "issued_on": today, "valid_from": today}
    made |= {"valid_until": today + timedelta(days=days_left), "stage": stage, "issuer_office": "Kantor desa"}
    return Decree.objects.create(kim=of, **(made | fields))
