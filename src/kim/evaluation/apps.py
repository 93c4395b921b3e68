from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "kim.evaluation"
    label = "evaluation"
    verbose_name = "Angka"
