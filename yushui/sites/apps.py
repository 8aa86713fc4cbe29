"""Django's entry to the package."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "yushui.sites"
    label = "sites"
