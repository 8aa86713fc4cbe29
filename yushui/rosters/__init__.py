"""Rosters (花名册) in: read, map, check, preview, commit, give back, undo."""
