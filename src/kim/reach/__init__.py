"""How many read a public thing: counted as sketches per day and way, without cookie, address or device. Knows no domain."""
