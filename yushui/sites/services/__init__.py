"""Sites, by noun: services."""
