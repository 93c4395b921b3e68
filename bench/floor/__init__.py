"""The floor: what bare Django costs for the same kind of pages, with nothing done that a tutorial would not do."""
