"""Reading figures: definitions, values, the rows behind them, what was filed."""
