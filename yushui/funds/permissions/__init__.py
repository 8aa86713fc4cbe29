"""Who may do what with goods and money, beyond the table of rights; by noun."""
