"""How a roster is understood: heads, values, checks. Plain Python: no Django, no rows of the register, no clock."""
