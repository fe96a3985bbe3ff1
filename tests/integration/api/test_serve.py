"""The server as a process: starts with one command, says nothing of notes, stops politely."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CANARY = "Quenzelbrook"
pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "scribe", "serve", "--port", str(port)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{root}:{root / 'api'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    base = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{base}/healthz")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    if process.poll() is not None:
        pytest.fail(f"the server stopped: {process.stderr.read()!r}")
    yield process, base
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_the_server_analyses_says_nothing_of_notes_and_stops(
    server: tuple[subprocess.Popen[bytes], str], tmp_path: Path
) -> None:
    process, base = server
    for body in (f"{CANARY} had an operation.", f"{CANARY}\0", " "):
        httpx.post(f"{base}/v1/analyze", content=body, headers={"Content-Type": "text/plain"})
    process.send_signal(signal.SIGTERM)
    said = b"".join(process.communicate(timeout=20))
    assert (CANARY.encode() in said, list(tmp_path.iterdir())) == (False, [])
    assert f"scribe listens on {base}/".encode() in said
