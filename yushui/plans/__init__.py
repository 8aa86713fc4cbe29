"""Duties, plans, tasks, meetings: what must happen, by whom, by when, and what came of it."""
