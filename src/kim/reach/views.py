"""The two ways a page says that it is being read. The answer is always the same, and nobody waits for the counting."""

from django.http import HttpRequest, HttpResponse

from kim.doors.access import passing
from kim.reach import actions, policies

# One transparent dot, for readers without scripts.
DOT = bytes.fromhex("4749463839610100010080000000000000000021f90401000000002c00000000010001000002024401003b")


@passing("POST")
def seen(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Said by `js/public.js` when the page was in sight for three seconds."""
    _hear(request, f"{kind}:{name}")
    return HttpResponse(status=204)


@passing("GET", "HEAD")
def dot(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Fetched by a browser without scripts."""
    if request.method == "GET":
        _hear(request, f"{kind}:{name}")
    return HttpResponse(DOT, content_type="image/gif")


def _hear(request: HttpRequest, key: str) -> None:
    told = request.META
    agent = told.get("HTTP_USER_AGENT", "")
    purpose = f"{told.get('HTTP_SEC_PURPOSE', '')} {told.get('HTTP_PURPOSE', '')} {told.get('HTTP_X_MOZ', '')}"
    if policies.is_reader(agent, purpose=purpose, site=told.get("HTTP_SEC_FETCH_SITE", "")):
        way = request.GET.get("dari", "")
        actions.hear(key, way=way, address=told.get("REMOTE_ADDR", ""), agent=agent)
