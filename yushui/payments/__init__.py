"""Batches, lines, bank files and returns, reversals. Never knows what a payment is for."""
