"""Browser tests share one Chromium."""

from browser import address, browser, pictures, visit

__all__ = ["address", "browser", "pictures", "visit"]
