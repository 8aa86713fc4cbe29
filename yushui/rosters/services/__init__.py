"""Verbs of rosters, by noun."""
