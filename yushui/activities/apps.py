from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "yushui.activities"
    label = "activities"
