"""Take the pictures of the web form that the documentation shows (``python -m docs.screenshots``); needs Debian's chromium."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from scribe_api.app import create_app
from scribe_api.settings import Settings

HERE = Path(__file__).resolve().parent / "images"
PORT = 8799
WIDE = {"width": 1280, "height": 800}
PICTURES = (
    ("form_suggested", "/?sample=typed_with_skin", WIDE, "light"),
    ("form_query_dark", "/?sample=skin_not_mentioned", WIDE, "dark"),
    ("form_empty", "/", WIDE, "light"),
    ("form_phone", "/?sample=skin_not_mentioned", {"width": 390, "height": 844}, "light"),
)


def main() -> None:
    """Write every picture."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(Settings(port=PORT)), port=PORT, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    HERE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--headless"]
        )
        for name, path, size, look in PICTURES:
            page = browser.new_page(viewport=size, color_scheme=look)
            page.goto(f"http://127.0.0.1:{PORT}{path}")
            if "sample" in path and size == WIDE:
                page.keyboard.press("j")
            page.screenshot(path=HERE / f"{name}.png")
            page.close()
        browser.close()
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    main()
