"""What goods and money must hold: plain Python; by noun."""
