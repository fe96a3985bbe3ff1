"""Who may do what, and how often."""

from __future__ import annotations

import base64
import binascii
import math
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPBearer

from scribe_api.audit_log import CALLER
from scribe_api.errors import Problem
from scribe_api.keys import Scope

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scribe_api.keys import Key, KeyFile
    from scribe_api.settings import Settings

_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="scribe", Basic realm="scribe"'}
_MOST_BUCKETS: Final = 10_000
# For the OpenAPI document; the key itself is read below, also from Basic, which is how a browser asks for one.
_SCHEMES: Final = (
    Depends(
        HTTPBearer(
            auto_error=False,
            description="A key made by `scribe keys add`; none is needed on loopback.",
        )
    ),
    Depends(APIKeyHeader(name="X-API-Key", auto_error=False)),
)


class Buckets:
    """Token buckets, one a key: so many requests a minute, in bursts of up to as many."""

    def __init__(self, per_minute: int) -> None:
        self._most = float(per_minute)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, now: float) -> float:
        """Take one token; return the seconds to wait, 0 when there was one."""
        left, seen = self._buckets.pop(name, (self._most, now))
        left = min(self._most, left + (now - seen) * self._most / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self._most
        self._buckets[name] = (left if wait else left - 1, now)
        if len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return wait


class Gate:
    """Checks keys, where there are any."""

    def __init__(self, settings: Settings, keys: KeyFile | None) -> None:
        self._keys = keys
        self._buckets = Buckets(settings.rate_per_minute)

    def admit(self, request: Request, scope: Scope) -> Key | None:
        """Let a request in.

        Returns: The key that it showed; None where no key is needed.

        Raises:
            Problem: 401 without a valid key, 403 where the key does not allow it, 429 when it comes too often.
        """
        if self._keys is None:
            return None
        key = self._keys.find(_token(request))
        if key is None:
            raise Problem(401, "Show a valid key: Authorization: Bearer KEY.", headers=_CHALLENGE)
        if scope not in key.scopes:
            raise Problem(403, f"The key has no scope {scope.value}.")
        wait = self._buckets.take(key.id, time.monotonic())
        if wait:
            seconds = str(math.ceil(wait))
            raise Problem(429, f"Try again in {seconds} s.", headers={"Retry-After": seconds})
        return key


def _token(request: Request) -> str:
    header = request.headers.get("x-api-key")
    if header:
        return header.strip()
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _admit(scope: Scope) -> Callable[[Request], Awaitable[None]]:
    async def admit(request: Request) -> None:
        gate: Gate = request.app.state.gate
        key = gate.admit(request, scope)
        CALLER.set(key.id if key else None)

    return admit


MAY_ANALYZE: Final = [Depends(_admit(Scope.ANALYZE)), *_SCHEMES]
MAY_READ: Final = [Depends(_admit(Scope.READ)), *_SCHEMES]
MAY_MEASURE: Final = [Depends(_admit(Scope.METRICS)), *_SCHEMES]
