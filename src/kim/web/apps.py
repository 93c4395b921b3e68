from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kim.web"
    label = "web"
    verbose_name = "Situs"
