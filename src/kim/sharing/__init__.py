"""Spreading made effortless: any public thing, given as one frozen value, becomes texts, cards, posters and a script."""
