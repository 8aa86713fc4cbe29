"""Django's entry to the package."""

from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "yushui.honours"
