"""Feeds of government sources, read politely and kept as suggestions: nothing goes out without an officer's act."""
