"""Demo data: seed regencies of domain.md part 9, invented people, generated stories. Loaded and removed by one command."""
