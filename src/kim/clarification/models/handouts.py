"""Handout (one KIM's copy of a clarification), Spread (a report of passing it on), Tally, and the book that holds them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kim.clarification.models.claims import Claim
from kim.kernel import clock
from kim.regions.models import RegionalQuerySet
from kim.spreading import models as spreading
from kim.spreading.models import Act, Book


class Handout(spreading.Copy):
    """One KIM's copy of a clarification, made by the worker exactly once. `version` is the newest it was told of."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="handouts", db_index=False)
    version = models.PositiveSmallIntegerField()
    is_withdrawn = models.BooleanField(default=False, db_default=False)
    version_seen = models.PositiveSmallIntegerField(default=0, db_default=0)
    arrived_at = models.DateTimeField(default=clock.now, db_default=Now(), help_text="Of the first version")
    at = models.DateTimeField(default=clock.now, db_default=Now(), help_text="Of the newest version")

    objects = RegionalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "kim"], name="handout_once")]
        indexes = [
            models.Index("kim", F("at").desc(), F("id").desc(), name="handout_inbox"),
            models.Index(fields=["claim", "province_code"], name="handout_province"),
            models.Index(fields=["claim", "regency_code"], name="handout_regency"),
            models.Index(fields=["claim", "region"], name="handout_place"),
        ]

    @property
    def key(self) -> str:
        return f"handout:{self.id}"

    @property
    def thing(self) -> Claim:
        return self.claim


class Spread(spreading.Report):
    """A KIM says by which way it passed a clarification on, when, and how many heard it."""

    handout = models.ForeignKey(Handout, models.CASCADE, related_name="spreads")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveSmallIntegerField()

    class Meta(spreading.Report.Meta):
        indexes = [
            models.Index(fields=["at", "id"], condition=Q(call_back="drawn"), name="spread_drawn"),
            models.Index("claim", F("at").desc(), F("id").desc(), condition=~Q(questions=""), name="spread_asked"),
        ]

    @property
    def copy(self) -> Handout:
        return self.handout


class Tally(spreading.Tally):
    """How far a clarification came in one place."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="tallies", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "region"], name="claim_tally_once")]


# It is for the villages where it was asked, and concerns every regency where that was so: also those without a KIM.
_PLACES = """
SELECT region_id AS place FROM clarification_sighting WHERE {thing}_id = %(thing)s AND length(region_id) = 5
UNION SELECT regency_code FROM {copies} WHERE {thing}_id = %(thing)s
"""
_VILLAGES = """c.villages_sent + (SELECT count(*) FROM clarification_sighting s
  WHERE s.claim_id = %(thing)s AND length(s.region_id) = 13
    AND ({place} = 'ID' OR s.region_id > {place} || '.' AND s.region_id < {place} || '/')
    AND NOT EXISTS (SELECT FROM {copies} h WHERE h.claim_id = s.claim_id AND h.region_id = s.region_id))"""

CLARIFICATIONS = Book(
    thing="claim",
    copy="handout",
    copies=Handout,
    reports=Spread,
    tallies=Tally,
    acts=(Act("opened", "Dibaca", "KIM belum membacanya"), Act("spread", "Disebarkan", "KIM belum melapor")),
    places=_PLACES,
    villages=_VILLAGES,
)
