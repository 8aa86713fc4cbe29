from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yushui.people"
    label = "people"
