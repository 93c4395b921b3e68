"""The files of `ops/`: each is judged by the program it is for, where that is installed; otherwise at least read."""

import contextlib
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from scale.machines import OPS, free_port, maps, modules, until


def judged(*command: object, **settings: str) -> str:
    """Run a program over a file; what it said when it was content."""
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, env=os.environ | settings
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


@needs("nginx")
@needs("openssl")
def test_nginx_takes_the_shipped_configuration_with_tls_and_http_2(tmp_path):
    key, chain = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    judged(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
        "-subj", "/CN=kim.example", "-keyout", key, "-out", chain,
    )  # fmt: skip
    shutil.copytree(OPS / "nginx", tmp_path / "kim")
    for file in (tmp_path / "kim").iterdir():
        words = file.read_text().replace("/etc/nginx/kim", str(tmp_path / "kim"))
        file.write_text(
            words.replace("/etc/ssl/kim", str(tmp_path)).replace("/var/cache/nginx-kim", str(tmp_path / "p"))
        )
    (tmp_path / "nginx.conf").write_text(
        f"{modules()}\npid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{ }}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; include {tmp_path}/kim/kim.conf; }}"
    )
    said = judged("nginx", "-t", "-e", tmp_path / "error.log", "-c", tmp_path / "nginx.conf")
    assert "syntax is ok" in said
    assert "warn" not in said.replace("user", "")


ASKED = {
    "/": True, "/lacakan/": True, "/info/?dari=/lacak/": True, "/aspirasi/": False, "/lacak/4417902518/kabar/0123456789/": False,
    "/hoaks/tanya/": False, "/laporkan/": False, "/lacak?nomor=4417902518": False,
}  # fmt: skip


def logged(port: int, log: Path) -> set[str]:
    """What stands in the log of what is asked for, last also a page right after one of those."""

    def asks(path: str, **headers: str) -> bool:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        try:
            return bool(urllib.request.urlopen(request, timeout=10))
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    until(lambda: asks("/siap/"), "it listens")
    for path in ASKED:
        asks(path)
    asks("/sesudahnya/", Referer=f"http://127.0.0.1:{port}/lacak/4417902518/")
    asks("/akhir/")
    until(lambda: log.exists() and "/akhir/" in log.read_text(), "the last one is in the log")
    return {path for path in (*ASKED, "/sesudahnya/") if re.search(f'[ "]{re.escape(path)}[ "]', log.read_text())}


SHOWN = {path for path, is_logged in ASKED.items() if is_logged}


@needs("nginx")
def test_nginx_keeps_no_address_beside_what_was_said(tmp_path):
    port, log = free_port(), tmp_path / "access.log"
    line = re.search(r"access_log /\S+/access.log combined if=\S+;", (OPS / "nginx" / "kim.conf").read_text())[0]
    (tmp_path / "nginx.conf").write_text(
        f"{modules()}\ndaemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{ }}\n"
        f"http {{ {maps().replace('/var/cache/nginx-kim', str(tmp_path / 'p'))} server {{ listen 127.0.0.1:{port};"
        f" {line.replace('/var/log/nginx', str(tmp_path))} return 200; }} }}"
    )
    with running("nginx", "-e", tmp_path / "error.log", "-c", tmp_path / "nginx.conf"):
        assert logged(port, log) == SHOWN


@needs("caddy")
def test_caddy_keeps_no_address_beside_what_was_said(tmp_path):
    port, log = free_port(), tmp_path / "access.log"
    words = (OPS / "caddy" / "Caddyfile").read_text().replace("{\n", "{\n\tadmin off\n", 1)
    words = words.replace(
        "kim.example, *.kim.example {", f"http://127.0.0.1:{port} {{\n\tlog {{\n\t\toutput file {log}\n\t}}"
    )
    (tmp_path / "Caddyfile").write_text(words.replace("127.0.0.1:8000", f"127.0.0.1:{free_port()}"))
    with running("caddy", "run", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile", HOME=str(tmp_path)):
        assert logged(port, log) == SHOWN


@contextlib.contextmanager
def running(*command: object, **more: str) -> Iterator[None]:
    process = subprocess.Popen([str(word) for word in command], env=os.environ | more, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


@needs("caddy")
def test_caddy_takes_the_shipped_configuration(tmp_path):
    said = judged(
        "caddy", "validate", "--adapter", "caddyfile", "--config", OPS / "caddy" / "Caddyfile", HOME=str(tmp_path)
    )
    assert "Valid configuration" in said


@needs("systemd-analyze")
def test_systemd_takes_the_units_and_finds_them_closed(tmp_path):
    units = sorted((OPS / "systemd").glob("*.service"))
    for unit in units:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/kim/venv/bin/kim", "/bin/true"))
    shutil.copy(OPS / "systemd" / "kim.target", tmp_path)
    assert judged("systemd-analyze", "verify", *tmp_path.glob("kim*")) == ""


def test_every_role_is_a_unit_and_web_forgets_its_kept_pages_when_it_ends():
    names = {path.stem for path in (OPS / "systemd").glob("*.service")}
    assert names == {"kim-prepare", "kim-web", "kim-worker"}
    assert "ExecStopPost=" in (OPS / "systemd" / "kim-web.service").read_text()


def test_example_settings_are_settings():
    documented = (OPS.parent / "docs" / "settings.md").read_text()
    lines = (OPS / "systemd" / "kim.env.example").read_text().splitlines()
    names = [line.lstrip("# ").partition("=")[0] for line in lines if "=" in line]
    assert len(names) > 8
    assert [name for name in names if f"`{name}`" not in documented] == []


def test_compose_starts_the_image_in_its_three_roles_after_the_set_up():
    services = yaml.safe_load((OPS / "container" / "compose.yaml").read_text())["services"]
    assert {name: service.get("command") for name, service in services.items() if name in ("prepare", "worker")} == {
        "prepare": ["kim", "prepare"],
        "worker": ["kim", "worker"],
    }
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
        assert services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"]
    documented = (OPS.parent / "docs" / "settings.md").read_text()
    assert [name for name in services["web"]["environment"] if f"`{name}`" not in documented] == []


def test_the_image_runs_as_nobody_of_importance_and_says_how_it_is():
    lines = (OPS / "container" / "Containerfile").read_text().splitlines()
    assert "USER 10001:10001" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert "/sehat/" in " ".join(lines)


@needs("hadolint")
def test_hadolint_has_nothing_to_say_about_the_container_file():
    judged("hadolint", OPS / "container" / "Containerfile")


def helm() -> str | None:
    return os.environ.get("KIM_HELM") or shutil.which("helm")


@pytest.mark.skipif(helm() is None, reason="helm is not installed (set KIM_HELM to where it lies)")
def test_helm_lints_the_chart_and_renders_what_is_asked():
    chart = OPS / "helm"
    values = ["--set", "database.url=postgresql://kim@db/kim,secretKey=x,replica.url=postgresql://kim@r/kim"]
    assert "0 chart(s) failed" in judged(helm(), "lint", "--strict", chart, *values)
    shown = judged(helm(), "template", "kim", chart, "--kube-version", "1.29.0", *values)
    assert [line for line in shown.splitlines() if line.startswith("kind:")].count("kind: Deployment") == 2


def test_no_file_of_ops_is_empty_or_speaks_of_this_machine():
    for path in OPS.rglob("*"):
        if path.is_file():
            words = path.read_text()
            assert words.strip(), path
            assert str(Path.home()) + "/" not in words
