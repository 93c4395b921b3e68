"""Scripts that run inside the measured site's own Django, started by the suite with its environment."""
