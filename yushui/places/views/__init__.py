"""Doors to units, leading groups, stations and papers."""
