"""A draft of one KIM never appears to another, whatever the tree and the hats."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import KIM_ROLES, Role
from kim.kernel.codes import within
from kim.publishing import queries
from kim.publishing.models import Article
from kim.publishing.workflow import Stage
from publishing.factories import person_of
from registry.factories import kim

PLACES = ("35.02.17.1008", "35.02.17.1002", "35.02.01.2001", "61.12.01.2001")
REACH = {Role.REGENCY: 5, Role.PROVINCE: 2, Role.NATIONAL: 0, Role.VILLAGE: 13, Role.AGENCY: 5, Role.EXPERT: 5}
texts = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(Stage))), min_size=1, max_size=8)
hats = st.tuples(st.sampled_from(sorted(Role)), st.integers(0, 3))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=texts, hat=hats)
def test_everybody_sees_their_own_and_only_that(texts, hat):
    Article.objects.all().delete()
    kims = [kim(code) for code in PLACES]
    role, place = Role(hat[0]), hat[1]
    code, own = PLACES[place], kims[place]
    who = ANONYMOUS
    if role in KIM_ROLES:
        who = actor(role, code, kim_id=own.id)
    elif role in REACH:
        who = actor(role, code[: REACH[role]] or "ID")
    author = person_of(actor(Role.MEMBER, PLACES[0], kim_id=kims[0].id))
    for number, stage in texts:
        Article.objects.create(kim=kims[number], region_id=PLACES[number], stage=stage, author=author, title="x")
    seen = set(queries.visible_to(who).values_list("id", flat=True))
    for article in Article.objects.all():
        assert (article.id in seen) == _may_see(who, article, own)


def _may_see(who, article, own) -> bool:
    if who.wears(*KIM_ROLES):
        return article.kim_id == own.id
    if who.wears(Role.REGENCY, Role.PROVINCE, Role.NATIONAL):
        opened = article.stage in (Stage.REVIEWED, Stage.PUBLISHED, Stage.UNPUBLISHED)
        return opened and within(article.region_id, who.region_code)
    return False
