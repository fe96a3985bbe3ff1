"""How long the page takes from a key to the analysis of what was typed, in a real browser.

    python -m benchmarks.form [--keys 30]

The time runs from the event of the key until the page has settled; it holds the 120 ms for which the page waits for more keys.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import threading
import time

import uvicorn
from playwright.sync_api import sync_playwright

from scribe_api.app import create_app
from scribe_api.settings import Settings

_REFRESH = """(text) => new Promise((done) => {
  const field = document.querySelector("#text");
  const start = performance.now();
  document.addEventListener("htmx:afterSettle", () => done(performance.now() - start), {once: true});
  field.value = text;
  field.dispatchEvent(new Event("input", {bubbles: true}));
})"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keys", type=int, default=30)
    keys = parser.parse_args().keys
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(Settings(port=port))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        times = type_keys(port, keys)
    finally:
        server.should_exit = True
        thread.join()
    late = statistics.quantiles(times, n=20)[18]
    print(
        f"from a key to the analysis of {keys} texts: median {statistics.median(times):.0f} ms, 95th percentile {late:.0f} ms"
    )


def type_keys(port: int, keys: int) -> list[float]:
    """Return the milliseconds after each key."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--headless"]
        )
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/?sample=typed_with_skin")
        text = page.input_value("#text")
        page.evaluate(_REFRESH, text + " ")
        times = [page.evaluate(_REFRESH, text + " x" * number) for number in range(1, keys + 1)]
        browser.close()
    return [float(each) for each in times]


if __name__ == "__main__":
    main()
