from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BaseConfig(AppConfig):
    name = "yushui.base"
    label = "base"

    def ready(self) -> None:
        autodiscover_modules("jobs")  # each package's jobs.py names the background work it offers
