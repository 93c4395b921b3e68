"""Is it true? What people were sent and doubt, checked by a KIM, answered by an office, and carried back to where it was seen."""
