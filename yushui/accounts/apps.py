from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yushui.accounts"
    label = "accounts"
