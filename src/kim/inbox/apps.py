from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "kim.inbox"
    label = "inbox"
    verbose_name = "Kotak masuk"
