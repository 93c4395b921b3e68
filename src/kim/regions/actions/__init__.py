"""Writing the tree: load a packed one, apply what changed, move what was attached; set a local rule, note who lives where.

Regions lie below the ledger, so what happens to them is kept here, as dated `RegionChange` rows.
"""

from kim.regions.actions.changing import apply_changes
from kim.regions.actions.loading import Outcome, load
from kim.regions.actions.moving import attachments
from kim.regions.actions.population import count_people
from kim.regions.actions.rules import set_rule

__all__ = ["Outcome", "apply_changes", "attachments", "count_people", "load", "set_rule"]
