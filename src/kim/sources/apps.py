from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "kim.sources"
    label = "sources"
    verbose_name = "Sumber luar"
