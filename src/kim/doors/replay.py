"""Every write is idempotent: a form sent twice under one key happens once and answers twice the same."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kim.doors.models import Knock, Replay
from kim.kernel import clock
from kim.kernel.results import NotAllowed

View = Callable[..., HttpResponse]
FIELD = "kunci"
REMEMBERED = timedelta(days=14)


def request_key(request: HttpRequest) -> UUID | None:
    """The key of this write: the hidden form field or the Idempotency-Key header; None when neither is a UUID."""
    try:
        return UUID(request.POST.get(FIELD) or request.headers.get("Idempotency-Key", ""))
    except ValueError:
        return None


def once(view: View) -> View:
    """A redirecting POST happens once per key. A form that comes back with errors keeps its key for the next try."""

    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        key = request_key(request) if request.method == "POST" else None
        if key is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            person_id = request.actor.person_id
            row, is_new = Replay.objects.get_or_create(key=key, defaults={"path": request.path, "person_id": person_id})
            if not is_new:
                return _again(row, request)
            response = view(request, *args, **kwargs)
            if 300 <= response.status_code < 400:
                Replay.objects.filter(key=key).update(location=response.headers["Location"])
            else:
                row.delete()
            return response

    return inner


def _again(row: Replay, request: HttpRequest) -> HttpResponse:
    if row.path != request.path or row.person_id != request.actor.person_id or not row.location:
        raise NotAllowed("Formulir ini sudah pernah dikirim. Muat ulang halaman sebelum mengirim lagi.")
    return redirect(row.location)


def forget_old() -> int:
    """Keys older than two weeks and windows that ended are cleared; returns how many rows went."""
    now = clock.now()
    keys, _ = Replay.objects.filter(at__lt=now - REMEMBERED).delete()
    knocks, _ = Knock.objects.filter(until__lt=now).delete()
    return keys + knocks
