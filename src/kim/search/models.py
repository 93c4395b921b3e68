"""A Document is what a public thing says, where it is and where to open it."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func

from kim.kernel import text
from kim.regions.models import Region, RegionalQuerySet

# The SQL function stands in the migration: stems, names as written, and marks for kind, place and time.
VECTOR = Func("kind", "region", "at", "title", "source", "place", "body", function="search_vector")


def name_key(title: str) -> str:
    """What an exact name is compared by: `KIM Telaga Ngebel` and `telaga ngebel` share one key."""
    key = text.search_key(title)
    return key.removeprefix("kim") or key


class Document(models.Model):
    """One public thing (kind:uuid). Rows of things withdrawn are deleted."""

    key = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=20)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False)
    title = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300, db_collation="C", help_text="Search key of the title")
    body = models.TextField()
    summary = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, help_text="Who says it, e.g. KIM Ngebel, Ponorogo")
    place = models.CharField(max_length=400, blank=True, help_text="The region and the chain above it, in words")
    url = models.CharField(max_length=300)
    at = models.DateTimeField(db_index=True)
    vector = models.GeneratedField(expression=VECTOR, output_field=SearchVectorField(), db_persist=True)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="document_vector", fastupdate=False),
            GinIndex(fields=["vector"], name="document_few", fastupdate=False, condition=~models.Q(kind="article")),
            models.Index("name_key", models.F("at").desc(), name="document_name"),
            models.Index(fields=["region"], name="document_place"),
            models.Index(fields=["kind", "-at"], name="document_newest"),
        ]

    def __str__(self) -> str:
        return self.title
