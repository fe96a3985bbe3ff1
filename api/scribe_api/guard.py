"""Around every request: an id, limits, security headers, metrics, and no exception that gets out."""

from __future__ import annotations

import logging
import re
import time
import uuid
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders

from scribe_api.crew import fault_behind
from scribe_api.errors import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from scribe_api.metrics import Metrics
    from scribe_api.settings import Settings

LOGGER: Final = logging.getLogger(__name__)
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_REQUEST_ID: Final = re.compile(r"[0-9A-Fa-f][0-9A-Fa-f-]{7,63}")
_PORT: Final = re.compile(r":\d+$")
STREAMED: Final = frozenset({"/v1/analyze/batch"})


class Guard:
    """ASGI middleware: the first to see a request and the last to see its answer."""

    def __init__(self, app: ASGIApp, *, settings: Settings, metrics: Metrics) -> None:
        self.app = app
        self.settings = settings
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(send, request_id)
        started = time.perf_counter()
        try:
            problem = self._refusal(scope)
            if problem is None:
                await self.app(scope, self._counted(scope, receive), answer)
            else:
                await problem.response(request_id, scope["path"])(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 - its message may hold words of a note; nothing of it may get out
            await self._fail(error, scope, receive, answer)
        finally:
            self.metrics.count(scope, answer.status, time.perf_counter() - started)

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        names = self.settings.host_names
        host = _PORT.sub("", headers.get("host", "")).strip("[]").lower()
        if names is not None and host not in names:
            return Problem(421, "Call the server by a name that its settings allow.")
        length = headers.get("content-length", "")
        if (
            scope["path"] not in STREAMED
            and length.isdecimal()
            and int(length) > self.settings.max_body_bytes
        ):
            return self._too_large()
        return None

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        if scope["path"] in STREAMED:
            return receive
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.settings.max_body_bytes:
                raise self._too_large()
            return message

        return counted

    def _too_large(self) -> Problem:
        return Problem(
            413, f"A body may hold {self.settings.max_body_bytes} bytes; send one note at a time."
        )

    async def _fail(
        self, error: Exception, scope: Scope, receive: Receive, answer: _Answer
    ) -> None:
        LOGGER.error("request %s failed: %s", answer.request_id, fault_behind(error))
        if answer.status is None:
            problem = Problem(
                500,
                "The failure is logged under the request id; please report it without the note.",
            )
            await problem.response(answer.request_id, scope["path"])(scope, receive, answer)


class _Answer:
    """The sending half: adds the headers and remembers the status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self.send = send
        self.request_id = request_id
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers["X-Request-Id"] = self.request_id
        await self.send(message)


def _request_id(scope: Scope) -> str:
    """Take over an id that is a plain hexadecimal one; anything else might be text of somebody."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
