from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "kim.search"
    label = "search"
    verbose_name = "Pencarian"
