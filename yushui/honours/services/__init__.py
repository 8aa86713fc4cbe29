"""Honours, by noun: services."""
