"""HL7 v2 over MLLP: the same answers as ``/v1/hl7v2``, for systems that speak nothing else."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Final

from scribe.render.as_json import as_json
from scribe_api.app import hire
from scribe_api.courier import open_courier
from scribe_api.crew import fault_behind
from scribe_api.desk import Desk
from scribe_api.errors import Problem
from scribe_api.hl7 import answer_message
from scribe_api.metrics import Metrics
from scribe_api.private_file import appending, is_private
from scribe_api.settings import SettingsError, address_refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scribe.pipeline import AnalyzedNote
    from scribe_api.courier import Courier
    from scribe_api.crew import Crew
    from scribe_api.settings import Settings

LOGGER: Final = logging.getLogger(__name__)
START: Final = b"\x0b"
END: Final = b"\x1c\r"
# No header to answer to, no time, or a failure of ours: the sender keeps the message.
_NOT_TAKEN: Final = b"MSH|^~\\&|||||||ACK||P|2.5.1\rMSA|AE|\rERR|||207^^HL70357|E\r"


class Listener:
    """Reads framed messages from connections and writes framed acknowledgements."""

    def __init__(
        self,
        settings: Settings,
        crew: Crew,
        results: Path | None,
        courier: Courier | None = None,
    ) -> None:
        if not settings.is_loopback:
            msg = "MLLP knows no keys, so it listens on loopback only; put a TLS proxy in front for others"
            raise SettingsError(msg)
        if results:
            _check_private(results)
        self._settings = settings
        self._desk = Desk(settings, Metrics(), crew, courier)
        self._results = results

    async def start(self) -> asyncio.Server:
        """Listen; the caller closes the server."""
        settings = self._settings
        limit = settings.max_body_bytes + len(END)
        return await asyncio.start_server(self._serve, settings.host, settings.port, limit=limit)

    def close(self) -> None:
        """Finish what was taken."""
        self._desk.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                frame = await reader.readuntil(END)
                writer.write(START + await self._answer(frame.partition(START)[2]) + END)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            LOGGER.info("a connection ended")
        finally:
            writer.close()

    async def _answer(self, message: bytes) -> bytes:
        try:
            exchange = await answer_message(message, self._desk)
            if exchange.analysis and self._results:
                await asyncio.to_thread(_keep, exchange.analysis, self._results)
        except Problem:
            return _NOT_TAKEN
        except Exception as error:  # noqa: BLE001 - its message may hold words of a note
            LOGGER.error("a message failed: %s", fault_behind(error))
            return _NOT_TAKEN
        return exchange.acknowledgement


def _check_private(results: Path) -> None:
    """Make the file of results, or see that only its owner can read it.

    Raises:
        SettingsError: It cannot be used, or others may read it.
    """
    try:
        with appending(results):
            is_safe = is_private(results)
    except OSError:
        msg = f"{results}: cannot keep results there; check the path and its permissions"
        raise SettingsError(msg) from None
    if not is_safe:
        msg = (
            f"{results}: keeps results, which quote notes, and can be read by others; chmod 600 it"
        )
        raise SettingsError(msg)


def _keep(analysis: AnalyzedNote, results: Path) -> None:
    with appending(results) as file:
        file.write(as_json(analysis, indent=None).encode())


def run(settings: Settings, results: Path | None, started: Callable[[], None]) -> None:
    """Listen until the process is told to stop.

    Raises:
        SettingsError: The address can be reached by others or cannot be taken, or webhooks cannot be used.
    """
    metrics = Metrics()
    crew, courier = hire(settings, metrics), open_courier(settings, metrics)
    listener = Listener(settings, crew, results, courier)
    crew.start()
    if courier:
        courier.start()

    async def serve() -> None:
        try:
            server = await listener.start()
        except OSError as error:
            raise address_refused(settings, error) from None
        stop = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, stop.set)
        started()
        async with server:
            await stop.wait()

    try:
        asyncio.run(serve())
    finally:
        listener.close()
        crew.close()
        if courier:
            courier.close()
