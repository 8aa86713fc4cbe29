"""From request data to drafts and filters; by noun."""
