"""Rules of the work done: what a typed visit, activity or campaign must hold; festival days; goods."""
