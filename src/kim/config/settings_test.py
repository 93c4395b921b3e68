"""The strict suite: an undefined template variable fails, hashing is quick, nothing leaves the machine."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KIM_SECRET_KEY", "only-for-tests")
os.environ.setdefault("KIM_HOME", str(Path(tempfile.gettempdir()) / f"kim-test-{os.getuid()}"))

from kim.config import postgres

(Path(os.environ["KIM_HOME"]) / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing

if "KIM_TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["KIM_TEST_DATABASE_URL"]
else:
    os.environ["DATABASE_URL"] = postgres.start(Path(os.environ["KIM_HOME"]) / "postgres", durable=False)

from kim.config.settings import *  # noqa: F403
from kim.config.settings import DATABASES, STORAGES, TEMPLATES


class Undefined(str):
    """Fails the page that names a variable nobody gave it."""

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")

    def __contains__(self, _: object) -> bool:
        return True


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DATABASES["default"]["TEST"] = {"NAME": f"test_kim_{os.environ.get('KIM_TEST_DB', 'main')}"}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
ALLOWED_HOSTS = ["*"]
KIM_REACH = False  # its thread would write beside the transaction of a test; tests/reach wakes it
