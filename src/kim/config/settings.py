"""One settings file, fed by the environment only. Every name here is explained in docs/settings.md."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from environs import Env, validate

from kim.config.secrets import push_key, secret_key

env = Env()

SOURCE = Path(__file__).resolve().parent.parent
HOME = Path(env.str("KIM_HOME", "var")).resolve()
KIM_DEMO = env.bool("KIM_DEMO", False)
KIM_DOMAIN = env.str("KIM_DOMAIN", "localhost")
KIM_SITE_NAME = env.str("KIM_SITE_NAME", "KIM.id")
KIM_REGISTRY_FORMAT = env.str("KIM_REGISTRY_FORMAT", "KIM-{code}-{sequence:02d}")
KIM_BASE_URL = env.str("KIM_BASE_URL", "http://localhost:8000").rstrip("/")

DEBUG = env.bool("KIM_DEBUG", False)
SECRET_KEY = env.str("KIM_SECRET_KEY", "") or secret_key(HOME)
ALLOWED_HOSTS = env.list("KIM_HOSTS", [KIM_DOMAIN, f".{KIM_DOMAIN}", "127.0.0.1", "[::1]", "localhost", ".localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("KIM_ORIGINS", [])
BEHIND_TLS = env.bool("KIM_TLS", False)
KIM_PROXIES: list[str] = env.list("KIM_PROXIES", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "pghistory",
    "pgtrigger",
    "kim.regions",
    "kim.accounts",
    "kim.ledger",
    "kim.doors",
    "kim.media",
    "kim.inbox",
    "kim.search",
    "kim.reach",
    "kim.sharing",
    "kim.moderation",
    "kim.discussion",
    "kim.sources",
    "kim.registry",
    "kim.importing",
    "kim.publishing",
    "kim.spreading",
    "kim.dissemination",
    "kim.aspirations",
    "kim.deliberation",
    "kim.clarification",
    "kim.evaluation",
    "kim.web",
    "kim.demo",
    "kim.bench",
    "kim.config",
]

# Up to the public door for every request; behind it only for those who may be somebody.
MIDDLEWARE = [
    "kim.config.proxies.RealAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kim.doors.middleware.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "kim.web.hosts.KimSiteMiddleware",
    "kim.doors.middleware.SoundRequestMiddleware",
    "kim.doors.middleware.PublicDoorMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kim.accounts.middleware.ActorMiddleware",
    "kim.accounts.middleware.SecondFactorMiddleware",
    "kim.accounts.middleware.StaffSessionMiddleware",
    "kim.doors.middleware.ErrorMiddleware",
    "kim.doors.middleware.ClosedUnlessOpenedMiddleware",
    "kim.config.replica.ReplicaMiddleware",
]
# What sees a view at the public door before it is asked.
PUBLIC_MIDDLEWARE = ["kim.doors.middleware.SoundRequestMiddleware", "kim.config.replica.ReplicaMiddleware"]

ROOT_URLCONF = "kim.config.urls"
WSGI_APPLICATION = "kim.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "kim.web.context.site",
            ],
            "builtins": ["django.templatetags.static", "kim.doors.templatetags.doors"],
        },
    }
]

DATABASES = {"default": env.dj_db_url("DATABASE_URL", "postgres://localhost/kim")}
DATABASES["default"].update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
KIM_LISTEN_URL = env.str("KIM_LISTEN_URL", "")
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = bool(KIM_LISTEN_URL)  # a pooler stands between
KIM_REPLICA_URL = env.str("KIM_REPLICA_URL", "")
if KIM_REPLICA_URL:
    DATABASE_ROUTERS = ["kim.config.replica.Router"]
    DATABASES["replica"] = env.dj_db_url("KIM_REPLICA_URL") | {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "connect_timeout": 2,
            "tcp_user_timeout": 2000,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "options": "-c default_transaction_read_only=on",
        },
        "TEST": {"MIRROR": "default"},
    }
# 0: what asks to be prepared is (kim.doors.questions); a pooler that hands out a connection per transaction cannot.
KIM_PREPARE = env.bool("KIM_PREPARE", True)
for _database in DATABASES.values():
    _database.setdefault("OPTIONS", {})["prepare_threshold"] = 0 if KIM_PREPARE else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "kim.accounts.backends.StrongBackend",
    "kim.accounts.backends.PhoneBackend",
    "kim.accounts.backends.HalfwayBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/kerja/"
ACCOUNT_ADAPTER = "kim.accounts.adapters.OfficialAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # the doors count per account and device instead
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "kim.accounts.adapters.SecondFactorAdapter"
MFA_RATE_LIMITS = False
MFA_TOTP_ISSUER = KIM_SITE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
SOCIALACCOUNT_ADAPTER = "kim.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
KIM_OIDC_URL = env.str("KIM_OIDC_URL", "")
KIM_OIDC_NAME = env.str("KIM_OIDC_NAME", "SSO")
KIM_OIDC_CLIENT = env.str("KIM_OIDC_CLIENT", "")
KIM_OIDC_SECRET = env.str("KIM_OIDC_SECRET", "")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kim.web.views.csrf_failure"

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True

KIM_PAGES = env.bool("KIM_PAGES", True)
KIM_PAGES_MEMORY_MB = env.int("KIM_PAGES_MEMORY_MB", 64)
KIM_PAGES_DISK_MB = env.int("KIM_PAGES_DISK_MB", 1024)
KIM_PAGES_FOLDER = Path(env.str("KIM_PAGES_FOLDER", "") or HOME / "pages")

KIM_REACH = env.bool("KIM_REACH", True)
KIM_READABLE = "kim.config.wiring.READABLE"
KIM_REPORTABLE = "kim.config.wiring.REPORTABLE"
KIM_OWN_DATA = "kim.config.wiring.OWN_DATA"

STATIC_URL = "static/"
STATICFILES_DIRS = [SOURCE / "static"]
STATIC_ROOT = Path(env.str("KIM_STATIC_ROOT", "") or HOME / "static")
MEDIA_ROOT = HOME / "files"
S3_BUCKET = env.str("KIM_S3_BUCKET", "")
S3_OPTIONS = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.str("KIM_S3_ENDPOINT", "") or None,
    "region_name": env.str("KIM_S3_REGION", "") or None,
    "access_key": env.str("KIM_S3_KEY", "") or None,
    "secret_key": env.str("KIM_S3_SECRET", "") or None,
    "addressing_style": env.str("KIM_S3_STYLE", "auto", validate=validate.OneOf(["auto", "path", "virtual"])),
    "location": env.str("KIM_S3_FOLDER", ""),
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "kim.config.storage.Bucket", "OPTIONS": S3_OPTIONS}
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
KIM_FACTCHECK_URL = env.str("KIM_FACTCHECK_URL", "")
KIM_FACTCHECK_KEY = env.str("KIM_FACTCHECK_KEY", "")
KIM_FACTCHECK_NAME = env.str("KIM_FACTCHECK_NAME", "Mafindo")
KIM_DOORS_INSIDE: list[str] = []  # `address:port` on this machine that feeds may be read from: for tests only
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Channels out of the house (kim.inbox): each is off until its settings are there.
KIM_CHANNEL_ORDER: list[str] = env.list("KIM_CHANNEL_ORDER", ["push", "whatsapp", "sms"])
KIM_QUIET_HOURS = (env.int("KIM_QUIET_FROM", 21), env.int("KIM_QUIET_UNTIL", 5))
KIM_DIGEST_HOUR = env.int("KIM_DIGEST_HOUR", 17)
KIM_PER_MINUTE: dict[str, int] = {
    "push": env.int("KIM_PUSH_PER_MINUTE", 1200),
    "whatsapp": env.int("KIM_WHATSAPP_PER_MINUTE", 600),
    "sms": env.int("KIM_SMS_PER_MINUTE", 120),
    "email": env.int("KIM_EMAIL_PER_MINUTE", 120),
}
KIM_PRICES: dict[str, int] = {"whatsapp": env.int("KIM_WHATSAPP_PRICE", 0), "sms": env.int("KIM_SMS_PRICE", 0)}
KIM_EMAIL_URL = env.str("KIM_EMAIL_URL", "", validate=validate.Regexp("^$|(smtp|submission)://"))
KIM_EMAIL_FROM = env.str("KIM_EMAIL_FROM", f"{KIM_SITE_NAME} <kabar@{KIM_DOMAIN}>")
if KIM_EMAIL_URL:
    _smtp = env.dj_email_url("KIM_EMAIL_URL")
    EMAIL_HOST, EMAIL_PORT = _smtp["EMAIL_HOST"], _smtp["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _smtp["EMAIL_HOST_USER"], _smtp["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp["EMAIL_USE_TLS"], _smtp["EMAIL_USE_SSL"]
KIM_WHATSAPP_API = env.str("KIM_WHATSAPP_API", "https://graph.facebook.com/v23.0").rstrip("/")
KIM_WHATSAPP_NUMBER = env.str("KIM_WHATSAPP_NUMBER", "")
KIM_WHATSAPP_TOKEN = env.str("KIM_WHATSAPP_TOKEN", "")
KIM_WHATSAPP_TEMPLATE = env.str("KIM_WHATSAPP_TEMPLATE", "")
KIM_WHATSAPP_LANGUAGE = env.str("KIM_WHATSAPP_LANGUAGE", "id")
KIM_WHATSAPP_SECRET = env.str("KIM_WHATSAPP_SECRET", "")
KIM_WHATSAPP_VERIFY = env.str("KIM_WHATSAPP_VERIFY", "")
KIM_SMS_URL = env.str("KIM_SMS_URL", "")
KIM_SMS_METHOD = env.str("KIM_SMS_METHOD", "POST", validate=validate.OneOf(["POST", "PUT", "GET"]))
KIM_SMS_BODY = env.str("KIM_SMS_BODY", '{"to": "{to}", "text": "{text}"}')
KIM_SMS_TYPE = env.str("KIM_SMS_TYPE", "application/json")
KIM_SMS_TOKEN = env.str("KIM_SMS_TOKEN", "")
KIM_SMS_USER, KIM_SMS_PASSWORD = env.str("KIM_SMS_USER", ""), env.str("KIM_SMS_PASSWORD", "")
KIM_SMS_OK, KIM_SMS_ID = env.str("KIM_SMS_OK", ""), env.str("KIM_SMS_ID", "")
KIM_PUSH_CONTACT = env.str("KIM_PUSH_CONTACT", "")
KIM_PUSH_KEY = env.str("KIM_PUSH_KEY", "") or (push_key(HOME) if KIM_PUSH_CONTACT else "")
KIM_PUSH_HOSTS: list[str] = env.list(
    "KIM_PUSH_HOSTS",
    ["fcm.googleapis.com", "updates.push.services.mozilla.com", "push.apple.com", "notify.windows.com"],
)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
# Pages frame their own previews of scans, and a domain enters the preload list by its owner's decision.
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None

PGHISTORY_ADMIN_CLASS = "django.contrib.admin.ModelAdmin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("KIM_LOG_LEVEL", "WARNING")},
    "loggers": {"urllib3": {"level": "WARNING"}},  # it would write down addresses, and some hold a gateway's password
}
