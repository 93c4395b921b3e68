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
    attachments_of,
    bulletin_for,
    journey,
    local_notes,
    office_list,
    regulations,
    targets_of,
    versions_of,
    visible_to,
    words_of,
)
from kim.dissemination.queries.public import (
    MOST_PLACES,
    NEWEST,
    alarm,
    bulletin_for_reading,
    files_of,
    is_code,
    newest,
    out_of,
    places_of,
    to_spread,
    walk_addresses,
    words_to_read,
)
from kim.dissemination.queries.reach import (
    Reach,
    Row,
    area_of,
    copies_page,
    copies_under,
    export_rows,
    reach,
    reminders,
    to_remind,
)

__all__ = [
    "MOST_PLACES", "NEWEST", "SHELVES", "TABS", "Audience", "Reach", "Row", "Tab", "alarm", "area_of", "attachments_of", "audience",
    "audience_of", "boards_of_portion", "bulletin_for", "bulletin_for_reading", "copies_page", "copies_under",
    "copy_of", "drawn_report", "drawn_reports", "export_rows", "files_of", "inbox", "inbox_count", "is_code", "journey",
    "local_notes", "newest", "notes_for", "office_list", "out_of", "places_of", "reach", "regulations", "reminders",
    "reports_of", "targets_of", "to_remind", "to_spread", "versions_of", "visible_copies", "visible_to",
    "walk_addresses", "words_of", "words_to_read",
]  # fmt: skip
