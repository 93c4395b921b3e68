"""One table of findable things, Indonesian stems and exact names. Knows no domain."""
