"""Reading the tree: lists and rules of a region."""
