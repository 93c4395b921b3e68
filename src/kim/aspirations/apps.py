from django.apps import AppConfig


class AspirationsConfig(AppConfig):
    name = "kim.aspirations"
    label = "aspirations"
    verbose_name = "Aspirasi"
