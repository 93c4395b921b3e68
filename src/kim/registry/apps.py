from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "kim.registry"
    label = "registry"
    verbose_name = "Daftar KIM"
