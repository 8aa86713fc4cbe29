"""Pages of goods and money; by noun."""
