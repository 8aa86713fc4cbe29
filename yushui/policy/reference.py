"""Placeholder until the engine arrives."""
