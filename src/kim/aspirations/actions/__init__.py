"""Everything that changes an aspiration."""

from kim.aspirations.actions.submitting import submit

__all__ = ["submit"]
