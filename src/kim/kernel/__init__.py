"""Plain Python that knows no Django: the words every floor above speaks."""
