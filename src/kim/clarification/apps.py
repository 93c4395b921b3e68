from django.apps import AppConfig


class ClarificationConfig(AppConfig):
    name = "kim.clarification"
    label = "clarification"
    verbose_name = "Klarifikasi hoaks"
