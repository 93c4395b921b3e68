"""Who may open a private file."""

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES, Role
from kim.kernel.results import ALLOWED, Denied, Verdict
from kim.media.models import PAPERS, Upload


def can_see(actor: Actor, upload: Upload) -> Verdict:
    """Public files: everyone. Private: whoever brought it, its KIM, the officials over its region; papers: its village head."""
    if upload.is_public or (actor.person_id and actor.person_id == upload.owner_id):
        return ALLOWED
    if upload.kim_id and actor.in_kim(upload.kim_id):
        return ALLOWED
    if upload.region_code and actor.holds(*OFFICES, within=upload.region_code):
        return ALLOWED
    if upload.purpose in PAPERS and upload.region_code and actor.holds(Role.VILLAGE, within=upload.region_code):
        return ALLOWED
    return Denied("Berkas ini hanya untuk KIM dan pembinanya.")
