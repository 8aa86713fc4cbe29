"""Verbs of goods and money; by noun."""

from yushui.funds.services.money import pay_help, record_income, record_spending, reverse_entry, spend

__all__ = ["pay_help", "record_income", "record_spending", "reverse_entry", "spend"]
