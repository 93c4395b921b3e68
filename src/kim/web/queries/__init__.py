"""What a page of the shell shows, gathered from the floors below in a fixed number of questions."""
