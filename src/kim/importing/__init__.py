"""Diskominfo's own list of KIM, brought as Excel or CSV: columns mapped, tried dry, corrected, and written once."""
