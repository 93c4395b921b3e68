"""Without kept pages everything works: Django answers by itself."""

from kim.config.front import front


def test_switched_off_there_is_nothing_before_django(settings):
    settings.KIM_PAGES = False

    def django(environ, start_response):
        return []

    assert front(django) is django
