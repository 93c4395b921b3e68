"""Reading how far a thing came."""

from kim.spreading.queries.drawn import drawn_report, drawn_reports
from kim.spreading.queries.paper import Words, paper
from kim.spreading.queries.reach import (
    FEW,
    GAPS,
    Moment,
    Reach,
    Row,
    area_of,
    copies_under,
    gaps,
    moment,
    reach,
    said,
)

__all__ = [
    "FEW", "GAPS", "Moment", "Reach", "Row", "Words", "area_of", "copies_under", "drawn_report", "drawn_reports", "gaps",
    "moment", "paper", "reach", "said",
]  # fmt: skip
