"""A Delivery is one sentence for one person with a place to go."""

from django.db import models

from kim.kernel import clock
from kim.kernel.ids import new_id


class Delivery(models.Model):
    """Told once per entry and person; read when opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry_id = models.UUIDField()
    person_id = models.UUIDField()
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id", "person_id"], name="told_once")]
        indexes = [models.Index(fields=["person_id", "-at"], name="delivery_person")]
