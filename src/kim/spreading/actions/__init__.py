"""Everything that changes what is known of how a thing spread."""

from kim.spreading.actions.counting import recount, stand_alone
from kim.spreading.actions.readers import FOLLOWED, count_readers_of
from kim.spreading.actions.reporting import MOST_HEARD, noted, reported

__all__ = ["FOLLOWED", "MOST_HEARD", "count_readers_of", "noted", "recount", "reported", "stand_alone"]
