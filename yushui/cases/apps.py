from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "yushui.cases"
    label = "cases"
