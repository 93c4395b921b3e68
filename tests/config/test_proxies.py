"""Whose address the throttle counts."""

import pytest
from django.test import RequestFactory

from kim.config.proxies import RealAddressMiddleware

OURS = ["127.0.0.1", "10.0.0.0/24"]


@pytest.mark.parametrize(
    ("ours", "peer", "told", "reader"),
    [
        (OURS, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (OURS, "127.0.0.1", "203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (OURS, "127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # the left one is the reader's own invention
        (OURS, "203.0.113.9", "1.1.1.1", "203.0.113.9"),  # nobody of ours brought it
        (OURS, "127.0.0.1", "unknown", "127.0.0.1"),
        (OURS, "10.0.0.7", "2001:db8::5", "2001:db8::5"),
        ([], "127.0.0.1", "1.1.1.1", "127.0.0.1"),
    ],
)
def test_the_reader_is_the_last_address_that_is_not_ours(settings, ours, peer, told, reader):
    settings.KIM_PROXIES = ours
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=told)
    RealAddressMiddleware(lambda request: None)(request)
    assert request.META["REMOTE_ADDR"] == reader
