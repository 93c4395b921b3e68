"""How far a thing came through the KIM: their copies, what they report of spreading, and the tallies. Knows not what the thing is."""
