"""The tables of government information: packets, what each KIM makes of its copy, and what readers ask."""

from kim.dissemination.models.bulletins import (
    CODE_LENGTH,
    MOST_ATTACHED,
    REMIND_AFTER,
    VILLAGE_KINDS,
    Attachment,
    Bulletin,
    InfoClass,
    LocalNote,
    Regulation,
    RegulationKind,
    Target,
    Urgency,
    Version,
)
from kim.dissemination.models.copies import (
    PACKETS,
    Assignment,
    Coverage,
    Decline,
    Tally,
)
from kim.dissemination.models.questions import (
    Answer,
    Closing,
    Question,
    Theme,
)

__all__ = [
    "CODE_LENGTH",
    "MOST_ATTACHED",
    "PACKETS",
    "REMIND_AFTER",
    "VILLAGE_KINDS",
    "Answer",
    "Assignment",
    "Attachment",
    "Bulletin",
    "Closing",
    "Coverage",
    "Decline",
    "InfoClass",
    "LocalNote",
    "Question",
    "Regulation",
    "RegulationKind",
    "Tally",
    "Target",
    "Theme",
    "Urgency",
    "Version",
]
