"""A real browser in front of a real server; skipped loudly where there is no browser."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.patience import PATIENCE_S
from tests.support.server import serving

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is missing")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page

    from scribe_api.crew import Crew

sync_api.expect.set_options(timeout=PATIENCE_S * 1000)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM):
        pytest.skip(
            "NO BROWSER: install Debian's chromium, or name one in CHROMIUM; the page is not tested"
        )
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--headless"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def base(crew: Crew) -> Iterator[str]:
    with serving(crew) as address:
        yield address


def is_complaint(said: ConsoleMessage) -> bool:
    """Tell a fault of the page from the browser's remark that a note was refused."""
    refused = ("responded with a status of 4", "Response Status Error Code 4")
    return said.type == "error" and not any(each in said.text for each in refused)


@pytest.fixture
def open_page(browser: Browser, base: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the server; whatever its console complains about fails the test."""
    contexts, complaints = [], []

    def open_it(path: str = "/", **options: object) -> Page:
        context = browser.new_context(
            viewport=options.pop("viewport", {"width": 1440, "height": 900}), **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_S * 1000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if is_complaint(said) else None
        )
        page.goto(base + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def sample(root: Path) -> str:
    return (root / "sample_notes" / "typed_bone_only.md").read_text("utf-8")
