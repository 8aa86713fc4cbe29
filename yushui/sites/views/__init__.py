"""Sites, by noun: views."""
