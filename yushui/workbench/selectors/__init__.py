"""Reading for the staff home, the search, the log and background work: across packages, always through the actor."""
