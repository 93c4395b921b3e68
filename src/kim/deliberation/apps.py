from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "kim.deliberation"
    label = "deliberation"
    verbose_name = "Musyawarah"
