from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "yushui.reports"
    label = "reports"
