"""Honours, by noun: views."""
