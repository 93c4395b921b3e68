"""The reader's own address behind our front servers, and nobody's invention from elsewhere.

`X-Forwarded-For` is believed only when the connection comes from an address in `KIM_PROXIES`; then the last address in
it that is not one of ours is the reader. What a reader wrote into the header himself stands further left.
"""

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings


class RealAddressMiddleware:
    """Puts the reader's address where the throttle looks for it."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.ours = [ipaddress.ip_network(range, strict=False) for range in settings.KIM_PROXIES]

    def __call__(self, request: Any) -> Any:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if self.ours and told:
            request.META["REMOTE_ADDR"] = self._reader(request.META.get("REMOTE_ADDR", ""), told)
        return self.get_response(request)

    def _reader(self, peer: str, told: str) -> str:
        for address in reversed([part.strip() for part in told.split(",")]):
            if not self._is_ours(peer):
                break
            peer = address if _is_address(address) else peer
        return peer

    def _is_ours(self, address: str) -> bool:
        return _is_address(address) and any(ipaddress.ip_address(address) in network for network in self.ours)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
