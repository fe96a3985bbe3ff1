"""A system that wants results pushed: a real HTTP server on loopback that writes down what it gets."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from tests.support.patience import PATIENCE_S

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator


@dataclass(slots=True, kw_only=True)
class Receiver:
    """What was received, and how it is answered.

    Attributes:
        port: Where it listens.
        scheme: ``http`` or ``https``.
        answers: Statuses of the next answers; 204 when there are none left.
        got: Headers, in lower case, and body of each request.
    """

    port: int = 0
    scheme: str = "http"
    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address."""
        return f"{self.scheme}://127.0.0.1:{self.port}/results?from=scribe"

    def wait_for(self, number: int) -> list[tuple[dict[str, str], bytes]]:
        """Return what came, as soon as it is so many requests."""
        last = time.monotonic() + PATIENCE_S
        while len(self.got) < number and time.monotonic() < last:
            time.sleep(0.01)
        return self.got


@contextmanager
def receiving(
    port: int = 0, answers: list[int] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    """Receive while the block runs, over TLS if wanted."""
    receiver = Receiver(answers=answers or [], scheme="https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append((headers, self.rfile.read(length)))
            status = receiver.answers.pop(0) if receiver.answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", receiver.url)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        receiver.port = server.server_address[1]
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()
