from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "yushui.funds"
    label = "funds"
