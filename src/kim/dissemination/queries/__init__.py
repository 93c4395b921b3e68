"""Reading packets: an office its own and what passes it, a KIM what came, everybody above how far it came."""

from kim.dissemination.queries.asking import (
    PILES,
    Asked,
    Pile,
    asked,
    asked_about,
    boards_of_answer,
    moderated_by,
    office_of,
    pile,
    question_for,
    question_of_ticket,
    questions_for,
    waiting_count,
)
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
    journey,
    local_notes,
    office_list,
    regulations,
    targets_of,
    versions_of,
    visible_to,
    words_of,
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
from kim.dissemination.queries.themes import (
    Desk,
    Heap,
    bulletins_asked,
    desk,
    own_bulletin,
    passed_up,
    questions_of,
    theme_for,
    unanswered,
)

__all__ = [
    "PILES", "SHELVES", "TABS", "Asked", "Audience", "Desk", "Heap", "Pile", "Reach", "Row", "Tab", "area_of",
    "asked", "asked_about", "audience", "audience_of", "boards_of_answer", "boards_of_portion", "bulletin_for",
    "bulletins_asked", "copies_page", "copies_under", "copy_of", "desk", "drawn_report", "drawn_reports",
    "export_rows", "inbox", "inbox_count", "journey", "local_notes", "moderated_by", "notes_for", "office_list",
    "office_of", "own_bulletin", "passed_up", "pile", "question_for", "question_of_ticket", "questions_for",
    "questions_of", "reach", "regulations", "reminders", "reports_of", "targets_of", "theme_for", "to_remind",
    "unanswered", "versions_of", "visible_copies", "visible_to", "waiting_count", "words_of",
]  # fmt: skip
