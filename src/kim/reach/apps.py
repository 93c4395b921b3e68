from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "kim.reach"
    label = "reach"
    verbose_name = "Pembaca"
