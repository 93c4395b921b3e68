from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "kim.moderation"
    label = "moderation"
    verbose_name = "Laporan"
