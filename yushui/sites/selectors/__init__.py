"""Sites, by noun: selectors."""
