from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "yushui.policy"
    label = "policy"
