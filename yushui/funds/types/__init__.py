"""Codes, labels and drafts of goods and money; by noun."""
