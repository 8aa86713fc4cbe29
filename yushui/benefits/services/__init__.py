"""Verbs of benefits, one file per noun."""
