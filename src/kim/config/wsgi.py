"""The door the web server knocks at: the pages kept ready, and Django behind them."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kim.config.settings")
django = get_wsgi_application()

from kim.config.front import front  # noqa: E402  Django has to be set up before our own modules are imported

application = front(django)

gc.collect()
gc.freeze()  # what is loaded now stays for good: no collection has to look through it again
