from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "kim.media"
    label = "media"
    verbose_name = "Berkas"
