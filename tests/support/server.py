"""A real server on a free port, for tests that talk over a socket."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from scribe_api.app import create_app
from scribe_api.mllp import END, Listener
from scribe_api.settings import Settings
from tests.support.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scribe_api.crew import Crew


@contextmanager
def serving(crew: Crew, **more: Any) -> Iterator[str]:
    """Serve while the block runs, with more settings if wanted; yields the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(Settings(port=port, **more), crew)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    last = time.monotonic() + PATIENCE_S
    while not server.started:
        if time.monotonic() > last:
            msg = "the server did not start"
            raise TimeoutError(msg)
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def exchange(crew: Crew, frames: list[bytes], results: Path | None = None) -> list[bytes]:
    """Return what a listener answers to frames on one connection."""

    async def talk() -> list[bytes]:
        listener = Listener(Settings(port=0), crew, results)
        server = await listener.start()
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        answers = []
        for frame in frames:
            writer.write(frame)
            answers.append(await asyncio.wait_for(reader.readuntil(END), PATIENCE_S))
        writer.close()
        await writer.wait_closed()
        server.close()
        await server.wait_closed()
        listener.close()
        return answers

    return asyncio.run(talk())
