"""Figures and the rows that make them, by area and year; frozen when filed."""
