"""What is typed about an aspiration."""
