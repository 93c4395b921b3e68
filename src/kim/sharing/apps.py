from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "kim.sharing"
    label = "sharing"
    verbose_name = "Sebarkan"
