from django.apps import AppConfig


class SpreadingConfig(AppConfig):
    name = "kim.spreading"
    label = "spreading"
    verbose_name = "Penyebaran"
