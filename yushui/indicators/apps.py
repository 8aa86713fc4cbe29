from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "yushui.indicators"
    label = "indicators"
