"""Goods in stock (慰问物资): in, out, back, counted."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "yushui.funds"
    label = "funds"
