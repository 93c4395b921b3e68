from django.apps import AppConfig


class DisseminationConfig(AppConfig):
    name = "kim.dissemination"
    label = "dissemination"
    verbose_name = "Info pemerintah"
