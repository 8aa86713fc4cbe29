"""What cases, their kinds and deadlines follow; no rows, no clock."""
