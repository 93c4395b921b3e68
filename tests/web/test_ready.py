"""What a load balancer is told."""

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_ready_when_the_database_answers(client):
    assert client.get("/siap/").content == b"siap"


@pytest.mark.django_db
def test_not_ready_when_it_does_not_while_the_process_is_well(client, monkeypatch):
    def broken(*_):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", broken)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert client.get("/siap/").status_code == 503
    assert client.get("/sehat/").status_code == 200
