from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "kim.importing"
    label = "importing"
    verbose_name = "Unggah Excel"
