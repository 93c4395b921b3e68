"""A packet of the centre to every KIM: issues it and prints its id, or prints as JSON how far it is."""

import json
import sys
from typing import Any

from django.db.models import Max, Min

from inside import people
from kim.accounts.models import Role
from kim.accounts.queries import actor_for
from kim.dissemination import actions
from kim.dissemination.models import Assignment, Bulletin
from kim.kernel.codes import NATION
from kim.kernel.ids import new_id

WORDS: dict[str, Any] = {
    "agency": "Kantor ukur", "title": "Paket ukur untuk semua KIM", "body": "Isi paket ukur.", "points": ["Gratis"],
    "whatsapp_short": "Paket ukur.", "urgency": "usual", "info_class": "anytime",
}  # fmt: skip


def issue() -> dict[str, Any]:
    hat = people.official(Role.NATIONAL, NATION)
    officer = actor_for(hat.person, hat_id=hat.id)
    made = actions.start(new_id(), actor=officer)
    actions.edit(made.id, fields=WORDS, targets=[NATION], actor=officer)
    return {"id": str(actions.issue(made.id, actor=officer).id)}


def told(bulletin_id: str) -> dict[str, Any]:
    """From the sending to the last copy. The recount in the transaction of the last portion is part of it."""
    packet = Bulletin.objects.get(id=bulletin_id)
    target = packet.targets.get()
    found = Assignment.objects.filter(bulletin=packet).aggregate(first=Min("arrived_at"), last=Max("arrived_at"))
    took = (target.done_at - packet.issued_at).total_seconds() if target.done_at else None
    sending = (found["last"] - found["first"]).total_seconds() if found["last"] else None
    return {"is_done": target.done_at is not None, "copies": target.made, "seconds": took, "sending_seconds": sending}


if __name__ == "__main__":
    json.dump(issue() if sys.argv[1] == "issue" else told(sys.argv[2]), sys.stdout)
