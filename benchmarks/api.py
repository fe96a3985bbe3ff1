"""How fast the API answers: requests a second and latencies for a 500-word note, beside an endpoint that does nothing.

    python -m benchmarks.api [--requests 300] [--memory 50000 [--words 500]]

Both run on the same machine in the same run, with one process and with two; the figures that count are the ratios. The
two processes of scribe stand behind a third one that speaks HTTP; those of the trivial endpoint listen themselves.
``--memory`` also sends that many notes, of which each holds ten words that none before it held, and watches the memory
of all processes of the server together.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import socket
import statistics
import string
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvicorn
from fastapi import FastAPI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROOT: Final = Path(__file__).resolve().parent.parent
_SCRIBE: Final = "scribe_api.app:create_app"
_WORDS: Final = 500
_NEW_WORDS: Final = 10
_PARTS: Final = 20
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


def notes(number: int, length: int, seed: int) -> Iterator[bytes]:
    """Yield requests, each with a note of so many words that holds ten words never seen before."""
    chance = random.Random(seed)  # noqa: S311 - made-up words
    words = note().split(" ")[:length]
    for _ in range(number):
        own = list(words)
        for _ in range(_NEW_WORDS):
            own[chance.randrange(len(own))] = "".join(chance.choices(string.ascii_lowercase, k=9))
        yield json.dumps({"text": " ".join(own)}).encode()


@contextmanager
def serving(app: str, workers: int) -> Iterator[tuple[int, int]]:
    """Run an application in processes of its own; yields the port and the id of the first process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if app == _SCRIBE:
        command = [sys.executable, "-m", "uvicorn", "--factory", app, "--port", str(port)]
        command += ["--log-level", "error", "--no-access-log"]
    else:
        command = [sys.executable, "-m", "benchmarks.api", "--serve", app]
        command += ["--port", str(port), "--processes", str(workers)]
    more = {
        "PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'api'}",
        "SCRIBE_WORKERS": str(workers),
    }
    process = subprocess.Popen(command, env={**os.environ, **more}, cwd=_ROOT)  # noqa: S603 - our own command
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


def serve(app: str, port: int, processes: int) -> None:
    """Serve in processes that listen on one socket.

    ``uvicorn --workers`` makes that socket without naming TCP, so that asyncio does not switch Nagle's algorithm off for
    its connections, and answers of two writes wait 40 ms for the delayed acknowledgement of the first. This one names it.
    """
    config = uvicorn.Config(app, factory=True, log_level="error", access_log=False)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        for _ in range(processes - 1):
            # A copy of this process, which has the socket, and ends with it.
            multiprocessing.get_context("fork").Process(
                target=_listen, args=(config, listening), daemon=True
            ).start()
        _listen(config, listening)


def _listen(config: uvicorn.Config, listening: socket.socket) -> None:
    uvicorn.Server(config).run(sockets=[listening])


async def load(port: int, bodies: Iterable[bytes]) -> list[float]:
    """Send requests over a few connections, as fast as they are answered; returns the seconds of each."""
    left = iter(bodies)
    times: list[float] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for body in left:
            head = f"POST /v1/analyze HTTP/1.1\r\n{_HEADERS}Content-Length: {len(body)}\r\n\r\n"
            started = time.perf_counter()
            writer.write(head.encode() + body)
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
        asyncio.run(load(port, [body] * _WARM_UP))
        started = time.perf_counter()
        times = asyncio.run(load(port, [body] * requests))
        elapsed = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=100)
    return requests / elapsed, cuts[49] * 1000, cuts[98] * 1000


def memory(requests: int, words: int) -> list[float]:
    """Return the resident memory in MB of all processes of the server after each twentieth of many requests."""
    held = []
    with serving(_SCRIBE, 1) as (port, process):
        for part in range(_PARTS):
            asyncio.run(load(port, notes(requests // _PARTS, words, part)))
            held.append(_resident(process))
            print(f"  after {requests // _PARTS * (part + 1)} notes {held[-1]:.0f} MB", flush=True)
    return held


def _resident(process: int) -> float:
    """Return the resident memory of a process and its children, in MB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    # Each thread has a list of the children that it started.
    lists = Path(f"/proc/{process}/task").glob("*/children")
    children = [each for one in lists for each in one.read_text("utf-8").split()]
    own = next(
        int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")
    )
    return own + sum(_resident(int(each)) for each in children)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--words", type=int, default=_WORDS, help="of each note of --memory")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve, asked.port, asked.processes)
        return
    if asked.requests:
        compare(asked.requests)
    if asked.memory:
        held = memory(asked.memory, asked.words)
        first, last = held[1], held[-1]
        print(
            f"memory after a tenth {first:.0f} MB, at the end {last:.0f} MB ({last / first - 1:+.1%}), at most {max(held):.0f} MB"
        )


def compare(requests: int) -> None:
    """Measure both applications, and print."""
    print(
        f"{os.cpu_count()} cores, {_CONNECTIONS} connections, {_WORDS} words, {requests} requests"
    )
    print(
        f"{'application':14}{'processes':>10}{'req/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'of trivial':>12}"
    )
    for workers in (1, 2):
        base = measure("benchmarks.api:trivial", workers, requests * 10)
        scribe = measure(_SCRIBE, workers, requests)
        for name, figures in (("trivial", base), ("scribe", scribe)):
            rate, middle, late = figures
            print(
                f"{name:14}{workers:10}{rate:10.1f}{middle:10.1f}{late:10.1f}{rate / base[0]:12.3f}"
            )


if __name__ == "__main__":
    main()
