"""The shell: layout, home, region page, a KIM's own site, desk, office, feeds, search page."""
