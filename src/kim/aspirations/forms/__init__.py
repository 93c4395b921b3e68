"""What people fill in: to speak up, and to follow it."""
