"""Who people are and which hats they wear: persons, mandates, consent, ways in. Knows no domain."""
