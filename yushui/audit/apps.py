from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "yushui.audit"
    label = "audit"
