from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "yushui.workbench"
    label = "workbench"
