"""Whether this process can do its work."""

from django.db import Error, connection


def is_reachable() -> bool:
    """The database answers a question now. A connection that broke is given up, so that the next question mends it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return True
    except Error:
        connection.close()
        return False
