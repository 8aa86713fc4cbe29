"""Django's entry to the package."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "yushui.archive"
