from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "yushui.benefits"
    label = "benefits"
