"""Reading claims: for whoever asked, for everybody, for the desks of KIM and offices."""

from kim.clarification.queries.desks import (
    KIM_SHELVES,
    OFFICE_SHELVES,
    boards_of,
    boards_of_village,
    checks_of,
    claim_for,
    desk,
    file_of,
    handout_of,
    handouts,
    here,
    is_crowded,
    journey,
    own_check,
    points_of,
    pulse,
    reports_of,
    shelf_of,
    suggestion,
    suggestion_of,
    suggestions,
    visible_to,
    words_of,
)
from kim.clarification.queries.folding import folded_into, offers, root_of, target_for
from kim.clarification.queries.library import (
    addresses,
    answer_of,
    answered,
    answers_of,
    by_short_code,
    found,
    is_code,
    library,
    out_of,
    public_claim,
)
from kim.clarification.queries.near import near, nearest
from kim.clarification.queries.reach import (
    area_of,
    copies_page,
    drawn_report,
    drawn_reports,
    export_rows,
    how_far,
    is_ours,
    reach,
    reach_paper,
    spreads_of,
    ways,
)
from kim.clarification.queries.reporter import is_joined, people_asking, report_of, secret_of, tracking_path
from kim.clarification.queries.sharing import complaint, kit, loudspeaker, shareable, structured

__all__ = [
    "KIM_SHELVES", "OFFICE_SHELVES", "addresses", "answer_of", "answered", "answers_of", "area_of", "boards_of",
    "boards_of_village", "by_short_code", "checks_of", "claim_for", "complaint", "copies_page", "desk", "drawn_report",
    "drawn_reports", "export_rows", "file_of", "folded_into", "found", "handout_of", "handouts", "here", "how_far", "is_code",
    "is_crowded", "is_joined", "is_ours", "journey", "kit", "library", "loudspeaker", "near", "nearest", "offers", "out_of",
    "own_check", "people_asking", "points_of", "public_claim", "pulse", "reach", "reach_paper", "report_of", "reports_of",
    "root_of", "secret_of", "shareable", "shelf_of", "spreads_of", "structured", "suggestion", "suggestion_of", "suggestions",
    "target_for", "tracking_path", "visible_to", "ways", "words_of",
]  # fmt: skip
