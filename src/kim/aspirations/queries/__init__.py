"""Reading aspirations: a desk what lies on it, a reporter the own one, the public what was let out."""

from kim.aspirations.queries.desks import on_desk, visible_to

__all__ = ["on_desk", "visible_to"]
