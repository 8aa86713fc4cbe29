"""Django's entry to the package."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "yushui.merging"
