"""Pages of claims: asking, the library, the desk of a KIM, the office."""
