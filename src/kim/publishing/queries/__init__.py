"""Reading articles: what everybody may read, what a desk sees, and a text under the lamp."""

from kim.publishing.queries.checking import (
    differences,
    is_supervised,
    language_hints,
    lines_of,
    personal_traces,
)
from kim.publishing.queries.desk import (
    figures,
    history,
    history_page,
    kim_of,
    of_stage,
    other_editor,
    photos,
    tasks,
    visible_to,
    waiting_count,
)
from kim.publishing.queries.exports import office_rows
from kim.publishing.queries.reading import (
    article_for_reading,
    by_short_code,
    corrections_of,
    earlier_version,
    newest,
    photos_of,
    published,
    related,
    replies_to,
    urgent,
)

__all__ = [
    "article_for_reading",
    "by_short_code",
    "corrections_of",
    "differences",
    "earlier_version",
    "figures",
    "history",
    "history_page",
    "is_supervised",
    "kim_of",
    "language_hints",
    "lines_of",
    "newest",
    "of_stage",
    "office_rows",
    "other_editor",
    "personal_traces",
    "photos",
    "photos_of",
    "published",
    "related",
    "replies_to",
    "tasks",
    "urgent",
    "visible_to",
    "waiting_count",
]
