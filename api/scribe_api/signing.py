"""Signatures of webhooks, as the open specification Standard Webhooks has them: HMAC-SHA-256 over id, time and raw body.

This file needs nothing but Python: a receiver may copy it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ID: Final = "webhook-id"
TIMESTAMP: Final = "webhook-timestamp"
SIGNATURE: Final = "webhook-signature"
WINDOW_S: Final = 300.0
_PREFIX: Final = "whsec_"
_VERSION: Final = "v1"
_SECRET_BYTES: Final = 32


class Unverified(ValueError):
    """A delivery that nobody should act upon: not signed with the secret, changed on its way, or sent before."""


def new_secret() -> str:
    """Return a new secret, which sender and receiver share."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def sign(secret: str, delivery: str, timestamp: int, body: bytes) -> str:
    """Return the signature of one attempt.

    Args:
        secret: The shared secret, ``whsec_`` and Base64.
        delivery: Id of the delivery, the same in every attempt.
        timestamp: Seconds since 1970 at which the attempt is made.
        body: The raw body.

    Raises:
        ValueError: The secret is not one.
    """
    key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    signed = f"{delivery}.{timestamp}.".encode() + body
    return f"{_VERSION},{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def verify(
    secret: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: float | None = None,
    window_s: float = WINDOW_S,
) -> str:
    """Check a delivery that was received.

    Args:
        secret: The shared secret.
        headers: The headers of the request, in any case.
        body: The raw body, before anything is parsed.
        now: Seconds since 1970; without it, the clock.
        window_s: How many seconds the signed time may be off. Within it, a delivery that was recorded can be sent again, so
            remember the ids of as many seconds and act once on each.

    Returns: The id of the delivery, the same in every attempt.

    Raises:
        Unverified: Do not act upon it.
    """
    given = {name.lower(): value for name, value in headers.items()}
    delivery, signatures = given.get(ID, ""), given.get(SIGNATURE, "")
    try:
        timestamp = int(given.get(TIMESTAMP, ""))
        wanted = sign(secret, delivery, timestamp, body).encode()
    except (binascii.Error, ValueError):
        msg = "no time, or no secret"
        raise Unverified(msg) from None
    # The signature first: before it holds, the time is only what somebody says.
    if not any(hmac.compare_digest(each.encode(), wanted) for each in signatures.split(" ")):
        msg = "the signature is not that of this body"
        raise Unverified(msg)
    if abs((time.time() if now is None else now) - timestamp) > window_s:
        msg = "sent too long ago, or a clock is wrong"
        raise Unverified(msg)
    return delivery
