"""Honours, by noun: selectors."""
