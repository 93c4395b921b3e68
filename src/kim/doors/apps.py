from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "kim.doors"
    label = "doors"
    verbose_name = "Pintu"
