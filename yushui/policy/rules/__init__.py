"""How law files are read, checked and turned into rules; one-off sums. Plain Python: no Django, no rows, no clock."""
