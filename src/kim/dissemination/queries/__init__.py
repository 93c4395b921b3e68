"""Reading packets: an office its own and what passes it, a KIM what came, everybody above how far it came."""

from kim.dissemination.queries.audience import (
    ALOUD,
    BOARDS,
    Audience,
    audience_of,
    boards_of,
    boards_of_portion,
    fitting,
    inside,
    prospect,
)
from kim.dissemination.queries.copies import (
    TABS,
    Tab,
    changed_since,
    copy_of,
    drawn_report,
    drawn_reports,
    inbox,
    inbox_count,
    notes_for,
    reports_of,
    visible_copies,
)
from kim.dissemination.queries.desk import (
    Lag,
    lagging,
    second_look_count,
    second_looks,
    to_do,
    undecided_in,
)
from kim.dissemination.queries.holding import (
    boards_to_remind,
    holding,
    missed_by,
    to_be_reminded,
    unopened,
)
from kim.dissemination.queries.office import (
    SHELVES,
    Change,
    attachments_of,
    bulletin_for,
    differences,
    journey,
    local_notes,
    office_list,
    regulations,
    said_since,
    targets_of,
    usual_agency,
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
    "ALOUD", "Audience", "BOARDS", "Change", "Lag", "MOST_PLACES", "NEWEST", "Reach", "Row", "SHELVES", "TABS",
    "Tab", "alarm", "area_of", "attachments_of", "audience", "audience_of", "boards_of", "boards_of_portion",
    "boards_to_remind", "bulletin_for", "bulletin_for_reading", "changed_since", "copies_page", "copies_under",
    "copy_of", "differences", "drawn_report", "drawn_reports", "export_rows", "files_of", "fitting", "holding",
    "inbox", "inbox_count", "inside", "is_code", "journey", "lagging", "local_notes", "missed_by", "newest",
    "notes_for", "office_list", "out_of", "places_of", "prospect", "reach", "regulations", "reminders", "reports_of",
    "said_since", "second_look_count", "second_looks", "targets_of", "to_be_reminded", "to_do", "to_remind",
    "to_spread", "undecided_in", "unopened", "usual_agency", "versions_of", "visible_copies", "visible_to",
    "walk_addresses", "words_of", "words_to_read",
]  # fmt: skip
