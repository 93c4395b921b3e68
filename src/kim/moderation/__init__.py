"""Reports of what should not be public, judged against the clock, appealed to the level above. Knows no domain."""
