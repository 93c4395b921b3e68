"""The tables of claims, of their answers, and of what each KIM makes of its copy."""

from kim.clarification.models.claims import (
    NEARLY,
    SHORT,
    Answer,
    Check,
    CheckPoint,
    Claim,
    Clipping,
    Fingerprint,
    Found,
    Medium,
    Pulse,
    Report,
    Round,
    Sighting,
    Suggestion,
    Verdict,
)
from kim.clarification.models.handouts import CLARIFICATIONS, Handout, Spread, Tally

__all__ = [
    "CLARIFICATIONS",
    "NEARLY",
    "SHORT",
    "Answer",
    "Check",
    "CheckPoint",
    "Claim",
    "Clipping",
    "Fingerprint",
    "Found",
    "Handout",
    "Medium",
    "Pulse",
    "Report",
    "Round",
    "Sighting",
    "Spread",
    "Suggestion",
    "Tally",
    "Verdict",
]
