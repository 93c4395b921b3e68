"""What the shell keeps of its own: a KIM is found by search as long as its site is open."""

from kim.ledger.models import Entry
from kim.registry.queries import public
from kim.search import actions as search
from kim.web.queries.cards import near

HEARD = ("kim.", "decree.", "board.", "region.")


def index_kim(entry: Entry) -> None:
    """The reader of the ledger: after any act on a KIM, search knows it as it is now, or no longer."""
    if not entry.verb.startswith(HEARD) or not entry.key.startswith("kim:"):
        return
    kim = public().filter(id=entry.subject_id).first()
    if kim is None:
        search.remove(entry.key)
        return
    search.index(
        key=kim.key,
        kind="kim",
        region=kim.region,
        title=kim.name,
        body=f"{kim.about} {kim.get_focus_display()} {kim.registry_number} {kim.secretariat}",
        summary=kim.about,
        source=f"{kim.region.title}, {near(kim.region)}",
        url=f"/{kim.slug}/",
        at=kim.registered_at,
    )
