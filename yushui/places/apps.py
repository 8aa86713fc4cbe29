from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "yushui.places"
    label = "places"
