"""How fast the API answers: requests a second and latencies for a 500-word note, beside an endpoint that does nothing.

    python -m benchmarks.api [--requests 300] [--memory 50000]

Both run on the same machine in the same run, with one process and with two; the figures that count are the ratios.
``--memory`` also sends that many requests to one process and compares its memory at the start and at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT: Final = Path(__file__).resolve().parent.parent
_WORDS: Final = 500
_CONNECTIONS: Final = 4
_WARM_UP: Final = 40
_HEADERS: Final = "Host: 127.0.0.1\r\nContent-Type: application/json\r\n"


def trivial() -> FastAPI:
    """Return an application whose one route reads its body and answers a constant."""
    app = FastAPI()

    @app.post("/v1/analyze")
    async def answer(body: dict[str, str]) -> dict[str, int]:
        return {"chars": len(body["text"])}

    return app


def note() -> str:
    """Return a sample note, repeated or cut to 500 words with its line ends kept."""
    text = (_ROOT / "sample_notes" / "typed_with_skin.txt").read_text("utf-8")
    words = [word for _ in range(3) for word in text.split(" ")]
    return " ".join(words[:_WORDS])


@contextmanager
def serving(app: str, workers: int) -> Iterator[tuple[int, int]]:
    """Run an application in processes of its own; yields the port and the id of the first process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", app, "--port", str(port)]
    command += ["--workers", str(workers), "--log-level", "error", "--no-access-log"]
    paths = {"PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'api'}"}
    process = subprocess.Popen(command, env={**os.environ, **paths}, cwd=_ROOT)  # noqa: S603 - our own command
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(5)  # the other processes listen on the same socket and say nothing of it
            return
    msg = "the server did not start"
    raise TimeoutError(msg)


async def load(port: int, body: bytes, requests: int) -> list[float]:
    """Send requests over a few connections, as fast as they are answered; returns the seconds of each."""
    head = f"POST /v1/analyze HTTP/1.1\r\n{_HEADERS}Content-Length: {len(body)}\r\n\r\n".encode()
    left = iter(range(requests))
    times: list[float] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in left:
            started = time.perf_counter()
            writer.write(head + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in answer.split(b"\r\n", 1)[0]:
                msg = f"refused: {answer.split(b' ', 2)[1]!r}"
                raise RuntimeError(msg)
            length = next(
                int(line.split(b":")[1])
                for line in answer.lower().split(b"\r\n")
                if line.startswith(b"content-length")
            )
            await reader.readexactly(length)
            times.append(time.perf_counter() - started)
        writer.close()

    await asyncio.gather(*(connection() for _ in range(_CONNECTIONS)))
    return times


def measure(app: str, workers: int, requests: int) -> tuple[float, float, float]:
    """Return requests a second, and the median and 99th percentile in milliseconds."""
    body = json.dumps({"text": note()}).encode()
    with serving(app, workers) as (port, _):
        asyncio.run(load(port, body, _WARM_UP))
        started = time.perf_counter()
        times = asyncio.run(load(port, body, requests))
        elapsed = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=100)
    return requests / elapsed, cuts[49] * 1000, cuts[98] * 1000


def memory(requests: int) -> tuple[float, float]:
    """Return the resident memory in MB after the first tenth of many requests, and after all of them."""
    body = json.dumps({"text": note()}).encode()
    with serving("scribe_api.app:create_app", 1) as (port, process):
        asyncio.run(load(port, body, requests // 10))
        first = _resident(process)
        asyncio.run(load(port, body, requests - requests // 10))
        return first, _resident(process)


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return next(
        int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--memory", type=int, default=0)
    asked = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, {_CONNECTIONS} connections, {_WORDS} words, {asked.requests} requests"
    )
    print(
        f"{'application':14}{'processes':>10}{'req/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'of trivial':>12}"
    )
    for workers in (1, 2):
        base = measure("benchmarks.api:trivial", workers, asked.requests * 10)
        scribe = measure("scribe_api.app:create_app", workers, asked.requests)
        for name, figures in (("trivial", base), ("scribe", scribe)):
            rate, middle, late = figures
            print(
                f"{name:14}{workers:10}{rate:10.1f}{middle:10.1f}{late:10.1f}{rate / base[0]:12.3f}"
            )
    if asked.memory:
        first, last = memory(asked.memory)
        print(
            f"memory after {asked.memory // 10} requests {first:.0f} MB, after {asked.memory} {last:.0f} MB ({last / first - 1:+.1%})"
        )


if __name__ == "__main__":
    main()
