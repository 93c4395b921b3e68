"""Reading packets: an office its own and what passes it, a KIM what came, everybody above how far it came."""

from kim.dissemination.queries.audience import Audience, audience, audience_of, boards_of_portion
from kim.dissemination.queries.copies import (
    TABS,
    Tab,
    copy_of,
    drawn_report,
    drawn_reports,
    inbox,
    inbox_count,
    notes_for,
    reports_of,
    visible_copies,
)
from kim.dissemination.queries.office import (
    SHELVES,
    bulletin_for,
    how_far,
    journey,
    local_notes,
    office_list,
    regulations,
    targets_of,
    versions_of,
    visible_to,
    words_of,
)
from kim.dissemination.queries.paper import reach_paper
from kim.dissemination.queries.reach import (
    Reach,
    Row,
    area_of,
    copies_page,
    copies_under,
    export_rows,
    gaps,
    reach,
    reminders,
    to_remind,
)

__all__ = [
    "SHELVES", "TABS", "Audience", "Reach", "Row", "Tab", "area_of", "audience", "audience_of", "boards_of_portion",
    "bulletin_for", "copies_page", "copies_under", "copy_of", "drawn_report", "drawn_reports", "export_rows", "gaps", "how_far",
    "inbox", "inbox_count", "journey", "local_notes", "notes_for", "office_list", "reach", "reach_paper", "regulations", "reminders",
    "reports_of", "targets_of", "to_remind", "versions_of", "visible_copies", "visible_to", "words_of",
]  # fmt: skip
