"""What every page about one text has in common."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kim.accounts.models import KIM_ROLES
from kim.doors.access import needs
from kim.publishing import policies, queries
from kim.publishing.models import Article

members = needs(*KIM_ROLES)


def find(request: HttpRequest, article_id: UUID) -> Article:
    """The article in this actor's scope; DoesNotExist (404) for everybody else."""
    return queries.visible_to(request.actor).get(id=article_id)


def page(request: HttpRequest, template: str, article: Article, *, status: int = 200, **context: Any) -> HttpResponse:
    """A desk page of one article, with what may be done with it."""
    may = policies.open_verbs(request.actor, article, is_supervised=queries.awaits_look(article))
    shared = {"article": article, "kim": article.kim, "zone": article.region.time_zone, "may": may}
    return render(request, template, shared | context, status=status)
