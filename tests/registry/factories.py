"""KIM in any stage for tests."""

from datetime import date, timedelta
from itertools import count

from kim.accounts.actor import ANONYMOUS
from kim.kernel import clock
from kim.registry import actions
from kim.registry.models import Decree, Kim
from kim.registry.workflow import DecreeStage, Stage
from media.factories import pdf
from regions.factories import plant

_sequence = count(1)


def kim(code: str = "35.02.17.1008", *, stage: Stage = Stage.REGISTERED, **fields) -> Kim:
    """A KIM; a registered one has a number, an address and a decree in force."""
    plant(code)
    n = next(_sequence)
    made = {
        "name": f"KIM Contoh {n}",
        "slug": f"contoh-{n}",
        "region_id": code,
        "stage": stage,
        "understands_no_budget": True,
    }
    if stage == Stage.REGISTERED:
        made |= {
            "registry_number": f"KIM-{code.replace('.', '')}-{n:02d}",
            "registered_at": clock.now(),
            "published_count": 9,
        }
    return Kim.objects.create(**(made | fields))


def decree(of: Kim, *, days_left: int = 400, stage: DecreeStage = DecreeStage.ACCEPTED, **fields) -> Decree:
    today = date.today()
    made = {
        "number": "489/07/401.403.6/2014",
        "about": "Pembentukan KIM",
        "issued_on": today,
        "valid_from": today,
    }
    made |= {"valid_until": today + timedelta(days=days_left), "stage": stage, "issuer_office": "Kantor desa"}
    return Decree.objects.create(kim=of, **(made | fields))


def plain_decree(**fields) -> dict:
    """What the SK step sends."""
    today = date.today()
    papers = {"number": "141/21/SK/2025", "about": "Pembentukan KIM", "issued_on": today, "valid_from": today}
    papers |= {
        "issuer_level": "village",
        "issuer_office": "Kantor desa",
        "valid_until": today + timedelta(days=700),
    }
    return papers | fields


def people(count_of: int = 6) -> list[dict]:
    return [{"name": f"Anggota {chr(65 + n)}", "phone": ""} for n in range(count_of)]


def submitted(code: str = "35.02.17.1008", *, phone: str = "+6281234567890", name: str = "KIM Teluk Contoh") -> Kim:
    """A registration as it arrives at the office, made by the actions themselves."""
    plant(code)
    made, secret = actions.begin(actor=ANONYMOUS, name="Rahma Contoh", phone=phone)
    who = {"actor": ANONYMOUS, "code": secret}
    actions.save_place(made.id, region_code=code, **who)
    actions.save_profile(made.id, fields={"name": name}, channels=[{"kind": "board", "address": "Pos ronda"}], **who)
    chair = {"position": "chair", "name": "Rahma Contoh", "since": None}
    actions.save_people(made.id, seats=[chair], members=people(), **who)
    actions.save_decree(made.id, fields=plain_decree(), scan=pdf(), **who)
    return actions.submit(made.id, name="Rahma Contoh", phone=phone, understands=True, **who)
