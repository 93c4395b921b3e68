"""Puts the kept pages before Django, as the settings say."""

from collections.abc import Set
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import Resolver404, resolve

from kim.config import replica
from kim.config.wiring import QUIET
from kim.pages.ear import LEASE, Ear
from kim.pages.front import Application, Front
from kim.pages.memory import Memory
from kim.pages.shelf import Shelf
from kim.web.hosts import kim_slug_of, urlconf_of

MB = 1024 * 1024


def front(django: Application) -> Application:
    """Django itself, or Django behind the pages kept ready."""
    if not settings.KIM_PAGES:
        return django
    memory = Memory(settings.KIM_PAGES_MEMORY_MB * MB)
    database = settings.DATABASES["default"]
    site = " ".join(str(database[name]) for name in ("HOST", "PORT", "NAME"))
    disk = Shelf(settings.KIM_PAGES_FOLDER, settings.KIM_PAGES_DISK_MB * MB, site)

    def on_touch(tags: Set[str]) -> None:
        memory.touch(tags)
        disk.touch(tags)

    def on_lapse() -> None:
        memory.clear()
        disk.close()

    position = replica.needs if settings.KIM_REPLICA_URL else None
    ear = Ear(address, on_touch=on_touch, on_lapse=on_lapse, quiet=QUIET, on_position=position)
    lag = LEASE if settings.KIM_REPLICA_URL else 0.0
    return Front(django, is_public=is_public, memory=memory, disk=disk, ear=ear, lag=lag)


def address() -> dict[str, Any]:
    """Where changes are heard: the primary itself, since a pooler hands no notice on (KIM_LISTEN_URL)."""
    if settings.KIM_LISTEN_URL:
        return {"conninfo": settings.KIM_LISTEN_URL}
    return connections["default"].get_connection_params()


def is_public(host: str, path: str) -> bool:
    """Whether this is an address of ours whose view says that everybody gets the same."""
    if not is_ours(host):
        return False
    try:
        return getattr(resolve(path, urlconf_of(host)).func, "access", "") == "public"
    except Resolver404:
        return False


def is_ours(host: str) -> bool:
    """Whether pages are kept for this host: not for every name that a wildcard answers to, of which there is no end."""
    named = (settings.KIM_DOMAIN, f"www.{settings.KIM_DOMAIN}", *settings.ALLOWED_HOSTS)
    return host in named or bool(kim_slug_of(host))
