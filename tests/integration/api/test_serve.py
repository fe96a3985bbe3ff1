"""The server as a process: starts with one command, says nothing of notes, stops politely."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from scribe_api.signing import verify
from scribe_api.targets import TargetFile
from tests.support.patience import PATIENCE_S
from tests.support.receiver import receiving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CANARY = "Quenzelbrook"
pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def starting(
    root: Path, folder: Path, *arguments: str, **environment: str
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run ``scribe serve`` in a folder; yields the process and its address at once."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "scribe", "serve", "--port", str(port), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{root}:{root / 'api'}", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@contextmanager
def serving(
    root: Path, folder: Path, *arguments: str, **environment: str
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Do the same, and yield once it answers."""
    with starting(root, folder, *arguments, **environment) as (process, base):
        last = time.monotonic() + PATIENCE_S
        while time.monotonic() < last and process.poll() is None:
            try:
                httpx.get(f"{base}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        if process.poll() is not None:
            pytest.fail(f"the server stopped: {process.stderr.read()!r}")
        yield process, base


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with serving(root, tmp_path) as started:
        yield started


def post(base: str, text: str) -> int:
    headers = {"Content-Type": "text/plain"}
    return httpx.post(
        f"{base}/v1/analyze", content=text, headers=headers, timeout=PATIENCE_S
    ).status_code


def test_the_server_analyses_says_nothing_of_notes_and_stops(
    server: tuple[subprocess.Popen[bytes], str], tmp_path: Path
) -> None:
    process, base = server
    for body in (f"{CANARY} had an operation.", f"{CANARY}\0", " "):
        post(base, body)
    process.send_signal(signal.SIGTERM)
    said = b"".join(process.communicate(timeout=PATIENCE_S))
    assert (CANARY.encode() in said, list(tmp_path.iterdir())) == (False, [])
    assert f"scribe listens on {base}/".encode() in said


def test_several_processes_are_one_server(root: Path, tmp_path: Path) -> None:
    with serving(root, tmp_path, "--workers", "2") as (_, base):
        with ThreadPoolExecutor(8) as threads:
            codes = set(threads.map(lambda _: post(base, "A note."), range(40)))
        metrics = httpx.get(f"{base}/metrics").text
    assert (codes, 'scribe_analyses_total{decision="none"} 40.0' in metrics) == ({200}, True)


def test_a_killed_server_loses_no_result(root: Path, tmp_path: Path) -> None:
    targets, spool = TargetFile(tmp_path / "w.json"), tmp_path / "spool"
    arguments = ("--webhooks", str(targets.path), "--spool", str(spool))
    with receiving() as gone:
        targets.add("archive", gone.url)
    with serving(root, tmp_path, *arguments) as (process, base):
        assert post(base, CANARY) == 200
        process.kill()
        said = b"".join(process.communicate())
    with receiving(gone.port) as receiver, serving(root, tmp_path, *arguments):
        receiver.wait_for(1)
        headers, body = receiver.got[0]
        assert verify(targets.all()[0].secret, headers, body)
    assert (len(receiver.got), CANARY.encode() in said) == (1, False)


@pytest.mark.parametrize("command", ["serve", "mllp"])
def test_a_busy_port_is_one_line_and_exit_2(root: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "scribe", command, "--port", str(port)],
            env={**os.environ, "PYTHONPATH": f"{root}:{root / 'api'}"},
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
    said = f"scribe: cannot listen on 127.0.0.1, port {port}: it is taken by another program; choose another --port\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", said)


def test_it_says_listens_once_it_answers(root: Path, tmp_path: Path) -> None:
    with starting(root, tmp_path) as (process, base):
        assert process.stderr is not None
        assert process.stderr.readline().startswith(f"scribe listens on {base}/".encode())
        assert httpx.get(f"{base}/readyz").status_code == 200
