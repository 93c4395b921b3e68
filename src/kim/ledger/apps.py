from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "kim.ledger"
    label = "ledger"
    verbose_name = "Buku kejadian"
