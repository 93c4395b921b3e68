from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "kim.publishing"
    label = "publishing"
    verbose_name = "Kabar"
