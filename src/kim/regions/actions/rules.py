"""A region sets a rule for itself and all under it."""

from typing import Any

from django.db import transaction

from kim.regions.models import LocalRule


@transaction.atomic
def set_rule(*, region_code: str, key: str, value: Any, is_blocking: bool = False, source: str = "") -> LocalRule:
    """From now on the region and all under it go by this value. The door that asks for it keeps the ledger entry."""
    rule, _ = LocalRule.objects.update_or_create(
        region_id=region_code,
        key=key,
        defaults={"value": value, "is_blocking": is_blocking, "source": source},
    )
    return rule
