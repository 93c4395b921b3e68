"""The official tree of Indonesia: 91,600 regions from the nation to the village, their history and local rules.

Owns the codes in the database, how a place is found by name, and what becomes of everything attached when
a region is renamed, split or merged. Knows nothing of people, KIM or texts: all of them hang on it.
Begin with `models.Region`, then `actions.load`.
"""
