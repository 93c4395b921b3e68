"""Pages of packets: the office's, the KIM's, and those of reach."""
