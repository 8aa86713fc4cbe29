"""Verbs of payment, one file per noun."""
