"""Verbs of goods and money; by noun."""
