"""The house keeps itself in order: what architecture.md promises is walked here, file by file."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from kim.config import wiring
from kim.config.management.commands import tour
from kim.kernel.workflow import Workflow

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "kim"
OURS = [config.name.rpartition(".")[2] for config in apps.get_app_configs() if config.name.startswith("kim.")]
ROOMS = {
    "__init__", "workflow", "models", "policies", "queries", "actions", "forms", "notices",
    "views", "api", "urls", "admin", "apps",
}  # fmt: skip
EXTRA_ROOMS = {
    "accounts": {"actor", "backends", "adapters", "middleware", "demo"},
    "inbox": {"adapters"},
    "config": None,
    "doors": {"access", "acting", "files", "middleware", "paging", "questions", "replay", "throttle", "errors"},
    "web": {"components", "context", "feeds", "hosts", "site_urls", "stylesheets", "tilemap", "sitemaps"},
    "regions": {"data"},
    "demo": None,
    "bench": None,
}
PUBLIC_DOORS = {"public", "anyone"}


def python_files(app: str = "") -> list[Path]:
    return [p for p in (SOURCE / app).rglob("*.py") if "migrations" not in p.parts]


def patterns(resolver: URLResolver | None = None, prefix: str = ""):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one


@pytest.mark.parametrize("urlconf", ["kim.config.urls", "kim.web.site_urls"])
def test_every_address_says_who_may_knock(urlconf):
    silent = [
        route
        for route, pattern in patterns(get_resolver(urlconf))
        if isinstance(pattern, URLPattern)
        and pattern.callback.__module__.startswith("kim.")
        and not hasattr(pattern.callback, "access")
    ]
    assert not silent


@pytest.mark.parametrize("app", OURS)
def test_an_app_has_only_the_rooms_of_the_plan(app):
    extra = EXTRA_ROOMS.get(app, set())
    if extra is None:
        return
    rooms = {p.stem for p in (SOURCE / app).glob("*.py")}
    rooms |= {p.name for p in (SOURCE / app).iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    unknown = rooms - ROOMS - extra - {"migrations", "templatetags", "management"}
    assert not unknown, f"kim.{app} has rooms the plan does not know: {unknown}"


@pytest.mark.parametrize("app", OURS)
def test_doors_ask_queries_and_never_the_tables(app):
    doors = [p for p in python_files(app) if p.stem in {"views", "api", "forms", "notices"} or "views" in p.parts]
    touching = [p.name for p in doors if re.search(r"\.objects\b", p.read_text())]
    assert not touching, f"kim.{app}: .objects in {touching}"


@pytest.mark.parametrize("app", OURS)
def test_nothing_listens_to_signals_and_nothing_is_imported_inside_a_function(app):
    for path in python_files(app):
        tree = ast.parse(path.read_text())
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            inner = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, f"{path.relative_to(ROOT)}: import inside {function.name}"
        assert "django.dispatch" not in path.read_text()


@pytest.mark.parametrize("app", OURS)
def test_views_are_thin(app):
    for path in python_files(app):
        if path.stem == "views" or "views" in path.parts:
            for function in (n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)):
                length = function.end_lineno - function.lineno + 1
                assert length <= 30, f"{path.relative_to(ROOT)}: {function.name} has {length} lines"


def test_a_file_is_a_page_or_two():
    long = {str(p.relative_to(ROOT)): n for p in python_files() if (n := len(p.read_text().splitlines())) > 400}
    assert not long, long


def test_every_module_begins_with_a_sentence():
    silent = [
        str(p.relative_to(ROOT))
        for p in python_files()
        if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text())) and p.stem != "apps"
        and p.name != "__init__.py"
    ]  # fmt: skip
    assert not silent, silent


def workflows():
    for app in OURS:
        if (SOURCE / app / "workflow.py").exists():
            module = importlib.import_module(f"kim.{app}.workflow")
            for value in vars(module).values():
                if isinstance(value, Workflow):
                    yield from ((app, verb) for verb in value)


@pytest.mark.parametrize(("app", "verb"), list(workflows()))
def test_every_verb_has_an_action_and_a_policy(app, verb):
    assert hasattr(importlib.import_module(f"kim.{app}.actions"), verb), f"{app}.actions.{verb} is missing"
    policies = importlib.import_module(f"kim.{app}.policies")
    assert hasattr(policies, f"can_{verb.rstrip('_')}") or hasattr(policies, f"can_{verb}")


def test_every_recorded_verb_tells_somebody_or_is_silent_on_purpose():
    silent = set().union(
        *(
            getattr(importlib.import_module(f"kim.{app}.notices"), "SILENT", set())
            for app in OURS
            if (SOURCE / app / "notices.py").exists()
        )
    )
    recorded = set()
    for path in python_files():
        recorded |= set(re.findall(r"\b(?:record|_tell)\(\s*\"([a-z_]+\.[a-z_]+)\"", path.read_text()))
    assert recorded
    unheard = recorded - silent - set(wiring.NOTICES)
    assert not unheard, f"neither in NOTICES nor in SILENT: {sorted(unheard)}"


def templates() -> list[Path]:
    return [p for p in SOURCE.rglob("*.html") if "templates" in p.parts]


def test_every_template_is_used():
    words = "\n".join(p.read_text() for p in [*python_files(), *templates()])
    unused = []
    for path in templates():
        name = str(path).split("/templates/", 1)[1]
        is_named = name in words or (f'"{path.stem}"' in words and name.partition("/")[0] in OURS)
        is_named = is_named or re.sub(r"[a-z]+\.html$", "{", name) in words  # f"registry/step_{step}.html"
        if not is_named and name not in ("404.html", "500.html") and not name.startswith(THIRD_PARTY_TEMPLATES):
            unused.append(name)
    assert not unused, unused


THIRD_PARTY_TEMPLATES = ("account/", "mfa/", "socialaccount/", "allauth/", "usersessions/")


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p).split("/templates/", 1)[-1])
def test_a_template_holds_no_script_no_style_and_trusts_nothing(path):
    markup = path.read_text()
    assert not re.search(r"\sstyle=", markup), "inline style"
    assert not re.search(r"\son[a-z]+=", markup), "inline handler"
    assert "|safe" not in markup
    for script in re.findall(r"<script[^>]*>", markup):
        assert "src=" in script or "application/ld+json" in script or "application/json" in script


@pytest.mark.parametrize(
    "room",
    ["kernel/dates", "registry/policies"],
)
def test_the_import_contracts_break_on_purpose(room, tmp_path):
    """A copy of the house with one forbidden import is refused by the same contracts."""
    copy = tmp_path / "src"
    subprocess.run(["cp", "-r", str(ROOT / "src"), str(copy)], check=True)
    culprit = copy / "kim" / f"{room}.py"
    forbidden = "import django\n" if room.startswith("kernel") else "from kim.web import views  # noqa\n"
    culprit.write_text((culprit.read_text() if culprit.exists() else '"""Intruder."""\n') + "\n" + forbidden)
    env = {"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin"}
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()",
         "--config", str(ROOT / ".importlinter"), "--no-cache"],
        capture_output=True, text=True, cwd=copy, env=env, check=False,
    )  # fmt: skip
    assert run.returncode != 0
    assert "BROKEN" in run.stdout


def test_no_machine_path_and_no_registry_host_is_written_anywhere():
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.split()
    hosts = re.compile(
        "|".join(["files." + "pythonhosted", "pypi.org" + "/simple", "registry." + "npmjs", "deb." + "debian"])
    )
    paths = re.compile(r"/(?:home|root|work)/[a-z]+/")
    guilty = []
    for name in listed:
        path = ROOT / name
        if path.suffix in {".md", ".py", ".toml", ".sh", ".html", ".lock", ".css", ".js", ".txt"} or path.name == "kim":
            words = path.read_text(errors="ignore") if path.exists() else ""
            if hosts.search(words) or paths.search(words):
                guilty.append(name)
    assert not guilty


GLOSSARY = ROOT / "docs" / "glossary.md"


def test_the_glossary_has_no_rivals_in_the_code():
    """docs/glossary.md lists, for each word of the field, the names we do not use."""
    rivals = set(re.findall(r"not `([a-z_]+)`", GLOSSARY.read_text()))
    assert rivals
    for path in python_files():
        names = {n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name)}
        assert not names & rivals, f"{path.relative_to(ROOT)} uses {names & rivals}"


def test_every_setting_of_the_environment_is_documented():
    settings = (SOURCE / "config" / "settings.py").read_text()
    names = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings))
    documented = (ROOT / "docs" / "settings.md").read_text()
    assert names and not [name for name in names if f"`{name}`" not in documented]


def test_every_personal_field_is_explained():
    """docs/data.md names each personal field, its purpose, its ground and its life."""
    documented = (ROOT / "docs" / "data.md").read_text()
    personal = re.compile(r"(^|_)(name|phone|email|secretariat|credit|person|author|owner)(_|$)")
    missing = []
    for model in apps.get_models():
        if model.__module__.startswith("kim.") and model._meta.managed and not model._meta.auto_created:
            for field in model._meta.concrete_fields:
                if personal.search(field.name) and f"`{model.__name__}.{field.name}`" not in documented:
                    missing.append(f"{model.__name__}.{field.name}")
    assert not missing, sorted(missing)


def test_the_tour_links_to_the_lines():
    """A moved line is mended by `./kim manage tour`."""
    words = tour.TOUR.read_text()
    assert len(tour.LINK.findall(words)) >= 20
    assert tour.renumbered(words) == words
