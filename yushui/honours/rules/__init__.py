"""Honours, by noun: rules."""
