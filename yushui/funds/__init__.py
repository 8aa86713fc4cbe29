"""Goods in stock (慰问物资): in, out, back, counted."""
