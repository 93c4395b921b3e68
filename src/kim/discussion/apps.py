from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "kim.discussion"
    label = "discussion"
    verbose_name = "Bahas"
