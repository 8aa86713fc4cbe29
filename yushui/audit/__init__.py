"""The append-only log: who did what to which record, chained by SM3 hashes. Only audit.record writes it."""
