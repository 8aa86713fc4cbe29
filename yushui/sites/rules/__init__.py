"""Sites, by noun: rules."""
