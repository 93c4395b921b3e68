"""What the shipped nginx serves from the disk, and what it leaves to the application."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from kim.pages import making
from scale.conftest import needs_nginx
from scale.machines import OPS, Caddy, modules, until

pytestmark = [pytest.mark.slow, needs_nginx]
SAME = (
    "Content-Type", "Cache-Control", "Vary", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
)  # fmt: skip


@pytest.fixture(params=["nginx", "caddy"])
def kept(request, country, webs):
    """A front server, and a page with everything published so far that lies on the disk of the first machine."""
    nginx, first, _ = webs
    front = nginx if request.param == "nginx" else request.getfixturevalue("caddy")
    file = first.home / "pages" / "open" / "kim.test" / country.told["kim"] / "index.html"

    def is_kept() -> bool:
        return country.newest in front.get("disk", country.site).text and country.newest in (read(file) or "")

    until(is_kept, "the page is kept on the disk")
    return front, file


def read(file: Path) -> str | None:
    """What lies there now, if anything: an act may remove it at any moment."""
    try:
        return file.read_text()
    except FileNotFoundError:
        return None


@pytest.fixture(scope="module")
def caddy(country, webs):
    if not shutil.which("caddy"):
        pytest.skip("caddy is not installed")
    front = Caddy(country.folder / "caddy", country.static)
    front.open("disk", webs[1], kept=webs[1].home / "pages" / "open")
    front.start()
    yield front
    front.stop()


def policy(answer) -> set[str]:
    return {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}


def test_a_kept_page_comes_from_the_disk_with_the_headers_of_the_application(country, kept, webs):
    front, file = kept
    by_django = webs[0].get("a", country.site)
    part = file.with_name("marked")
    part.write_text(file.read_text().replace("</html>", "<!-- from the disk --></html>"))
    part.replace(file)
    until(lambda: "from the disk" in front.get("disk", country.site).text, "what lies on the disk is served", 2)
    by_nginx = front.get("disk", country.site)
    assert {name: by_nginx.headers[name] for name in SAME} == {name: by_django.headers[name] for name in SAME}
    assert policy(by_nginx) == policy(by_django)
    assert by_nginx.headers["Last-Modified"] is None


@pytest.mark.parametrize("question", ["?utm_source=wa&fbclid=x", "?fbclid=IwAR0", "?gclid"])
def test_trackers_lead_to_the_same_file(country, kept, question):
    front, _ = kept
    assert front.get("disk", country.site + question).headers["ETag"] == front.get("disk", country.site).headers["ETag"]


@pytest.mark.parametrize(
    ("question", "cookie"),
    [("?wilayah=35.02", ""), ("?fbclid=x&wilayah=35.02", ""), ("?q=utm_source", ""), ("", "a=b; kim_menulis=1")],
)
def test_a_question_or_a_writer_is_the_applications(country, kept, question, cookie):
    front, _ = kept
    said = front.get("disk", country.site + question, cookie=cookie)
    assert said.headers["ETag"] != front.get("disk", country.site).headers["ETag"]


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_it_is_sent_as_it_lies_there_compressed(country, kept, encoding):
    front, file = kept
    if encoding == "br" and not isinstance(front, Caddy) and "brotli-static" not in modules():
        pytest.skip("nginx has no brotli_static module here")
    said = front.get("disk", country.site, Accept_Encoding=encoding)
    assert said.headers["Content-Encoding"] == encoding
    assert said.body == file.with_name(f"index.html.{encoding[:2]}").read_bytes()


def test_it_is_not_sent_again_to_whoever_has_it_and_is_when_it_changed(country, kept, webs):
    front, file = kept
    tag = front.get("disk", country.site).headers["ETag"]
    assert front.get("disk", country.site, If_None_Match=tag).status == 304
    title = country.publish(webs[0], "a")
    until(lambda: title in front.get("disk", country.site, If_None_Match=tag).text, "the new page", 2)
    until(lambda: title in (read(file) or ""), "the new page is kept")
    assert front.get("disk", country.site).headers["ETag"] != tag


def test_hashed_files_are_for_ever_and_others_are_not(country, kept):
    front, _ = kept
    hashed = next(path for path in country.static.rglob("*.css") if re.search(r"\.[0-9a-f]{12}\.css$", path.name))
    found = front.get("disk", f"/static/{hashed.relative_to(country.static)}")
    assert (found.status, found.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert "immutable" not in (front.get("disk", "/static/staticfiles.json").headers["Cache-Control"] or "")


def test_nothing_beside_the_kept_pages_can_be_fetched(kept):
    front, file = kept
    assert (file.parents[3] / "index.sqlite").exists()
    for path in ("/../index.sqlite", "/%2e%2e/index.sqlite", "/index.html", "/index.html.gz", "//kim.test/index.html"):
        said = front.get("disk", path)
        assert said.status in (301, 302, 308, 400, 403, 404), path
        assert b"SQLite" not in said.body


def test_no_machine_at_all_is_a_sentence(country, webs):
    front, _, _ = webs
    front.stop()
    front.open("nobody")
    front.blocks[-2] = "upstream nobody { server 127.0.0.1:9; }"
    front.start()
    until(lambda: front.get("both", "/sehat/").status == 200, "nginx is back")
    said = front.get("nobody", "/")
    assert said.status == 503
    assert "Coba lagi satu menit lagi" in said.text


def test_the_trackers_are_those_of_the_application():
    shipped = re.search(r'"~\^\(\?:\(\?:(.+?)\)\(\?:=', (OPS / "nginx" / "kim.conf").read_text())[1]
    assert shipped == making.TRACKERS.pattern


def test_the_policy_is_that_of_the_settings():
    text = (OPS / "nginx" / "headers.conf").read_text()
    told = re.search(r'Content-Security-Policy "([^"]+)"', text)[1]
    wanted = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {part.split()[0] for part in told.split("; ")} == set(wanted)
