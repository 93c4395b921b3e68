"""What people are told: one delivery per person, with its own state. Knows no domain."""
