"""Registers the regions app."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "kim.regions"
    label = "regions"
    verbose_name = "Wilayah"
