"""Doors of the pages for the phone."""
