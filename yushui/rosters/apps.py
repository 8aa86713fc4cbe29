from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "yushui.rosters"
    label = "rosters"
