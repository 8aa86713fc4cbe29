from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "yushui.phone"
    label = "phone"
