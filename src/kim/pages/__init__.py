"""Public pages kept ready: rendered once, compressed, served before Django, and dropped by the act that changed them.

`tags` says what a page shows, `touch` that something changed, `ear` hears it on every machine, `memory` and `disk`
keep the pages, `front` stands between the web server and Django. Nothing here knows a domain.
"""

from kim.pages.tags import shows
from kim.pages.touch import touched

__all__ = ["shows", "touched"]
