from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "yushui.plans"
    label = "plans"
