"""The desk pages of a KIM's texts, and the office's."""
