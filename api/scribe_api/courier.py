"""Pushes results to the receivers that the operator has named, and tries again until they have them."""

from __future__ import annotations

import asyncio
import http.client
import json
import logging
import math
import random
import ssl
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scribe import __version__
from scribe.render.as_json import to_contract
from scribe_api.signing import ID, SIGNATURE, TIMESTAMP, sign
from scribe_api.spool import Spool, SpoolError
from scribe_api.targets import check_webhooks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.types.analysis import Analysis
    from scribe_api.metrics import Metrics
    from scribe_api.settings import Settings
    from scribe_api.spool import Delivery
    from scribe_api.targets import Target

LOGGER: Final = logging.getLogger(__name__)
_LOOK_S: Final = 2.0
_TIMEOUT_S: Final = 10.0
_LEASE_S: Final = 60.0
_LONGEST_S: Final = 3600.0
_GONE: Final = 410
_DAY_S: Final = 86400.0
_RANDOM: Final = random.SystemRandom()


def open_courier(settings: Settings, metrics: Metrics) -> Courier | None:
    """Return a courier for the receivers of the settings; None where they name none.

    Raises:
        SettingsError: They cannot be used.
    """
    targets = check_webhooks(settings)
    if not targets or settings.spool_dir is None:
        return None
    spool = Spool(settings.spool_dir, most=settings.max_spool)
    return Courier(spool, targets, settings, metrics)


class Courier:
    """Keeps each result in the spool first; a thread for each receiver takes it from there."""

    def __init__(
        self, spool: Spool, targets: Sequence[Target], settings: Settings, metrics: Metrics
    ) -> None:
        self._spool = spool
        self._targets = targets
        self._first_s = settings.webhook_retry_s
        self._most_s = settings.webhook_days * _DAY_S
        self._metrics = metrics
        self._tls = ssl.create_default_context()
        self._is_open = True
        self._news = threading.Condition()
        self._threads = [
            threading.Thread(target=self._serve, args=(each,), name="webhook", daemon=True)
            for each in targets
        ]
        metrics.watch_spool(self._count)

    def start(self) -> None:
        """Begin to deliver what is kept, from this run or from one before."""
        for each in self._threads:
            each.start()

    def close(self) -> None:
        """End; what is not delivered stays in the spool for the next run."""
        self._is_open = False
        self._wake()
        for each in self._threads:
            each.join(_TIMEOUT_S)

    async def push(self, analysis: Analysis) -> None:
        """Keep a result for every receiver; it is on the disk when this returns.

        Raises:
            SpoolError: It cannot be kept.
        """
        body = message(analysis)
        await asyncio.to_thread(self._spool.put, [each.name for each in self._targets], body)
        self._wake()

    def _count(self, dead: bool) -> float:
        try:
            return self._spool.count(dead=dead)
        except SpoolError:
            return math.nan

    def _wake(self) -> None:
        with self._news:
            self._news.notify_all()

    def _serve(self, target: Target) -> None:
        while self._is_open:
            try:
                delivery = self._spool.take(target.name, _LEASE_S)
                if delivery:
                    self._attempt(target, delivery)
                    continue
            except SpoolError as error:
                LOGGER.error("the spool of webhooks cannot be used: %s", error)
            with self._news:
                self._news.wait(min(_LOOK_S, self._first_s))

    def _attempt(self, target: Target, delivery: Delivery) -> None:
        """Try once, and write down what came of it; the body is in no log."""
        waiting = delivery.waiting
        answer = self._send(target, waiting.id, delivery.body)
        if answer.isdecimal() and 200 <= int(answer) < 300:
            self._spool.forget(waiting.id)
            self._metrics.count_delivery(target.name, "delivered")
            return
        wait_s = delay_s(waiting.attempts, self._first_s)
        now = time.time()
        is_dead = answer == str(_GONE) or now + wait_s - waiting.created > self._most_s
        self._spool.put_back(waiting.id, due=now + wait_s, last=answer, is_dead=is_dead)
        self._metrics.count_delivery(target.name, "dead" if is_dead else "failed")
        LOGGER.warning(
            "webhook %s: delivery %s failed (%s); %s",
            target.name,
            waiting.id,
            answer,
            "given up, see scribe webhooks list" if is_dead else f"next try in {wait_s:.0f} s",
        )

    def _send(self, target: Target, delivery: str, body: bytes) -> str:
        """Post once, without following redirects and through no proxy; return the status, or the kind of the error."""
        parts = urlsplit(target.url)
        timestamp = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"opnote-scribe/{__version__}",
            ID: delivery,
            TIMESTAMP: str(timestamp),
            SIGNATURE: sign(target.secret, delivery, timestamp, body),
        }
        where = (parts.hostname or "", parts.port)
        connection = (
            http.client.HTTPSConnection(*where, timeout=_TIMEOUT_S, context=self._tls)
            if parts.scheme == "https"
            else http.client.HTTPConnection(*where, timeout=_TIMEOUT_S)
        )
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request("POST", path, body, headers)
            return str(connection.getresponse().status)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            connection.close()


def message(analysis: Analysis) -> bytes:
    """Return what a receiver gets for one analysis, the same bytes in every attempt."""
    document = {
        "schema": "scribe.webhook/1",
        "type": "note.analyzed",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "data": to_contract(analysis),
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()


def delay_s(attempts: int, first_s: float) -> float:
    """Return the seconds until the next attempt: twice as many each time, up to an hour, and up to half of it less by chance.

    Args:
        attempts: How many attempts there were before the one that failed.
        first_s: Seconds after the first failure.
    """
    full = min(_LONGEST_S, math.ldexp(first_s, min(attempts, 30)))
    return full * _RANDOM.uniform(0.5, 1.0)
