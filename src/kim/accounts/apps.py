"""The app, and the one check that runs before the site starts."""

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string


class AccountsConfig(AppConfig):
    name = "kim.accounts"
    label = "accounts"
    verbose_name = "Orang dan peran"

    def ready(self) -> None:
        """The check reads tables, so it can only be named once all apps are there."""
        checks.register(import_string("kim.accounts.demo.never_beside_real_people"), checks.Tags.database)
