"""What people are told: one delivery per person, and its journeys on the channels they opened. Knows no domain."""
