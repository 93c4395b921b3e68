"""One Chromium for all browser tests, and a visitor who reads and presses what a person would."""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from kim.config.launch.browser import chromium

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds; a busy machine is no reason to fail
ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the whole run; a missing one is an error, never a skip."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread; nothing here is async
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()
        connections.close_all()  # those the loop made its own, or the test database could not be dropped
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE") if before is None else None


@pytest.fixture
def pictures(request, tmp_path) -> Path:
    """Where screenshots go: a folder of this test, or below KIM_SCREENSHOTS when somebody wants to look at them."""
    named = os.environ.get("KIM_SCREENSHOTS")
    folder = Path(named) / re.sub(r"\W+", "-", request.node.name).strip("-") if named else tmp_path / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def address(live_server, settings) -> str:
    """Where the site runs; absolute links lead there too."""
    settings.KIM_BASE_URL = live_server.url
    return live_server.url


@pytest.fixture
def visit(browser, address, pictures, request) -> Iterator[Callable[..., "Visitor"]]:
    """Opens a browser of one's own for each person; at the end nothing may have gone wrong in any of them."""
    visitors: list[Visitor] = []

    def open_for(name: str, *, viewport: dict = PHONE, scripts: bool = True, **more) -> Visitor:
        context = browser.new_context(
            viewport=viewport,
            java_script_enabled=scripts,
            base_url=address,
            locale="id-ID",
            service_workers="block",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        visitors.append(Visitor(name, context, pictures))
        return visitors[-1]

    yield open_for
    for visitor in visitors:
        visitor.leave()
    assert not [trouble for visitor in visitors for trouble in visitor.troubles]


class Visitor:
    """Somebody in front of a screen: sees words, fills in fields by their label, presses buttons by their name."""

    def __init__(self, name: str, context: BrowserContext, pictures: Path) -> None:
        self.name, self.context, self.pictures = name, context, pictures
        self.page: Page = context.new_page()
        self.shots = 0
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(f"{name}: {error}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._check)

    def _hear(self, message) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"{self.name}: {message.text}")

    def _check(self, response) -> None:
        if response.status >= 500 or (response.status == 404 and response.request.resource_type != "document"):
            self.troubles.append(f"{self.name}: {response.status} {response.url}")

    def opens(self, path: str) -> "Visitor":
        self.page.goto(path)
        return self

    def sees(self, *words: str) -> "Visitor":
        """Every one of these is visible on the page."""
        for text in words:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible(timeout=PATIENCE)
        return self

    def sees_heading(self, words: str) -> "Visitor":
        expect(self.page.get_by_role("heading", name=words).first).to_be_visible(timeout=PATIENCE)
        return self

    def does_not_see(self, *words: str) -> "Visitor":
        for text in words:
            expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)
        return self

    def fills(self, label: str, value: str) -> "Visitor":
        self.field(label).fill(value)
        return self

    def field(self, label: str) -> Locator:
        """The field of that label; its "(boleh kosong)" is left out."""
        named = self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(boleh kosong\))?\s*$"))
        return named.and_(self.page.locator("input, select, textarea")).first

    def picks(self, label: str, option: str) -> "Visitor":
        self.field(label).select_option(label=option)
        return self

    def ticks(self, *labels: str) -> "Visitor":
        """A box or a card, found by how its words begin."""
        for label in labels:
            self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.check()
        return self

    def brings(self, label: str, path: Path) -> "Visitor":
        self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.set_input_files(path)
        return self

    def unfolds(self, words: str) -> "Visitor":
        self.page.locator("summary").filter(has_text=words).first.click()
        return self

    def presses(self, name: str) -> "Visitor":
        """A button or a link, called just so or with more words around; waits for the page that follows."""
        self._called(name).click()
        self.page.wait_for_load_state("load")
        return self

    def _called(self, name: str) -> Locator:
        ways = [
            self.page.get_by_role(role, name=name, exact=exact).locator("visible=true").first
            for exact in (True, False)
            for role in ("button", "link")
        ]
        return next((way for way in ways if way.count()), ways[-1])

    def shoots(self, title: str) -> "Visitor":
        """A picture of the whole page, for whoever asked for pictures (KIM_SCREENSHOTS)."""
        self.shots += 1
        if os.environ.get("KIM_SCREENSHOTS"):
            self.page.screenshot(path=self.pictures / f"{self.name}-{self.shots:02d}-{title}.png", full_page=True)
        return self

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def fits(self) -> "Visitor":
        """Nothing sticks out of the screen to the right."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.path} is {wide}px wider than the screen"
        return self

    def leave(self) -> None:
        if self.page.url != "about:blank":
            self.shoots("last")
        self.context.close()


def totp(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
