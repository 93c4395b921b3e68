"""A Document is what a public thing says, where it is and where to open it."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from kim.regions.models import Region, RegionalQuerySet

VECTOR = (
    SearchVector("title", config="indonesian", weight="A")
    + SearchVector("title", config="simple", weight="A")
    + SearchVector("body", config="indonesian", weight="C")
    + SearchVector("body", config="simple", weight="D")
)


class Document(models.Model):
    """One public thing (kind:uuid). Rows of things withdrawn are deleted."""

    key = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=20, db_index=True)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    body = models.TextField()
    summary = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, help_text="Who says it, e.g. KIM Ngebel, Ponorogo")
    url = models.CharField(max_length=300)
    at = models.DateTimeField(db_index=True)
    vector = models.GeneratedField(expression=VECTOR, output_field=SearchVectorField(), db_persist=True)

    objects = RegionalQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="document_vector")]
