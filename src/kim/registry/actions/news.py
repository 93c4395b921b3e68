"""What publishing tells the register: this KIM has spoken."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from kim.registry.models import Kim


def note_publication(kim_id: UUID, at: datetime) -> None:
    """One more text of this KIM became public. The caller records it and holds the transaction."""
    Kim.objects.filter(id=kim_id).update(last_news_at=at, published_count=F("published_count") + 1)
