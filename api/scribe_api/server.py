"""The web application on its address: taken before the processes that analyse start, so that a busy port is one line at once."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import uvicorn

from scribe_api.app import create_app
from scribe_api.settings import address_refused

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from scribe_api.settings import Settings


class _Server(uvicorn.Server):
    """A server that tells when it answers, which is seconds after its start."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, *args: Any, **kwargs: Any) -> None:
        """Start, and tell."""
        await super().startup(*args, **kwargs)
        if self.started:
            self._tell()


def run(settings: Settings, started: Callable[[], None]) -> None:
    """Serve until the process is told to stop.

    Args:
        settings: What to run with.
        started: Called once the server answers.

    Raises:
        SettingsError: The address cannot be taken, there is no key for an open one, or webhooks cannot be used.
    """
    config = uvicorn.Config(
        create_app(settings),
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=settings.stop_s,
    )
    sockets = asyncio.run(_take(settings))
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config, started).run(sockets=sockets)


async def _take(settings: Settings) -> list[socket.socket]:
    """Take the address; a name such as localhost may stand for several."""
    host, port = settings.host, settings.port
    try:
        server = await asyncio.get_running_loop().create_server(
            asyncio.Protocol, host, port, start_serving=False
        )
        taken = [each.dup() for each in server.sockets]
        server.close()
        for each in taken:
            each.listen()
    except OSError as error:
        raise address_refused(settings, error) from None
    return taken
