from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "kim.config"
    label = "config"
    verbose_name = "Rangkaian"
