"""Cases (办件): one engine of steps, deadlines, decisions; kinds are data."""
