import gc

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BaseConfig(AppConfig):
    name = "yushui.base"
    label = "base"

    def ready(self) -> None:
        gc.set_threshold(20_000, 20, 50)  # rosters and runs make rows by the million; 700 at a time costs a tenth
        autodiscover_modules("jobs")  # each package's jobs.py names the background work it offers
