"""A room about a subject, with a decision. Knows no domain: a subject is a key and a sentence."""
