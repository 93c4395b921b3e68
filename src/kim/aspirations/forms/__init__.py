"""What people fill in about voices, with the words that help them."""
