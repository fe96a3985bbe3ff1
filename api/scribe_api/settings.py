"""What can be set from outside, and how."""

from __future__ import annotations

import dataclasses
import errno
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scribe.errors import ScribeError
from scribe.types.note import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX: Final = "SCRIBE_"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?")


_DAY_S: Final = 24 * 3600
_MOST: Final = 2**31 - 1
_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "port": (0, 65_535),
    "max_body_bytes": (1, _MOST),
    "max_json_depth": (1, 500),
    "workers": (1, 64),
    "max_growth_mb": (1, _MOST),
    "max_waiting": (1, _MOST),
    "timeout_s": (0.001, _DAY_S),
    "rate_per_minute": (1, _MOST),
    "stop_s": (0, _DAY_S),
    "max_spool": (1, _MOST),
    "webhook_retry_s": (0.001, _DAY_S),
    "webhook_days": (0, 3650),
}


class SettingsError(ScribeError):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one application. From the environment, each is ``SCRIBE_`` and its name in capitals.

    Attributes:
        host: Address that the server listens on. Anything but loopback needs keys.
        port: Port that the server listens on.
        keys_file: File of keys. With one, every request for an analysis needs a key, on loopback too.
        allowed_hosts: Names by which a browser may call the server, separated by commas; ``*`` for any. Empty: loopback names
            only while the server listens on loopback, any name otherwise.
        cors_origins: Pages of other hosts whose scripts may call the API, as origins separated by commas; empty: none.
        max_body_bytes: Largest note, file, or line of a batch.
        max_json_depth: Deepest nesting of a JSON body.
        workers: Processes that analyse.
        max_growth_mb: Memory in MB that such a process may gain before it is replaced by a new one.
        max_waiting: Analyses that may wait or run; one more is refused with 503.
        timeout_s: Seconds that a note waits for a free process, and then that its analysis may take; over either, 503.
        rate_per_minute: Requests a minute that one key may make, in bursts of up to that many.
        stop_s: Seconds that a stopping server gives to what it has taken.
        audit_file: File of the audit trail; none is kept without one.
        webhooks_file: File of the receivers that results are pushed to; none are without one.
        spool_dir: Folder that keeps results until they are delivered; webhooks need one.
        max_spool: Most results that the folder keeps; one more is refused with 503.
        webhook_retry_s: Seconds until the second attempt; each further one waits twice as long, up to an hour.
        webhook_days: Days after which an undelivered result is set aside as dead.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    keys_file: Path | None = None
    allowed_hosts: str = ""
    cors_origins: str = ""
    max_body_bytes: int = MAX_BYTES
    max_json_depth: int = 32
    workers: int = 1
    max_growth_mb: float = 32.0
    max_waiting: int = 64
    timeout_s: float = 30.0
    rate_per_minute: int = 600
    stop_s: int = 30
    audit_file: Path | None = None
    webhooks_file: Path | None = None
    spool_dir: Path | None = None
    max_spool: int = 10_000
    webhook_retry_s: float = 5.0
    webhook_days: float = 3.0

    def __post_init__(self) -> None:
        """Refuse a number that stops the server from working, or a limit from being one.

        Raises:
            SettingsError: It is out of its range, or not a number.
        """
        for name, (least, most) in _RANGES.items():
            if not least <= getattr(self, name) <= most:  # nan is in no range
                msg = f"{_PREFIX}{name.upper()} is out of range; give a number from {least:,} to {most:,}"
                raise SettingsError(msg)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in _LOOPBACK

    @property
    def host_names(self) -> frozenset[str] | None:
        """Names that a Host header may hold; None for any."""
        if self.allowed_hosts:
            names = frozenset(each.strip().lower() for each in self.allowed_hosts.split(","))
            return None if "*" in names else names
        return _LOOPBACK if self.is_loopback else None

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins whose scripts may call the API.

        Raises:
            SettingsError: One is no origin; ``*``, which lets everybody in, is none.
        """
        given = tuple(each.strip() for each in self.cors_origins.split(",") if each.strip())
        if any(not _ORIGIN.fullmatch(each) for each in given):
            msg = f"{_PREFIX}CORS_ORIGINS holds something that is no origin; name each as https://HOST[:PORT]"
            raise SettingsError(msg)
        return given

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings from environment variables.

        Raises:
            SettingsError: A value is no number where one is asked for, or out of its range.
        """
        given: dict[str, object] = {}
        for field in dataclasses.fields(cls):
            value = environment.get(_PREFIX + field.name.upper())
            if value:
                given[field.name] = _convert(field.name, field.default, value)
        return cls(**given)  # type: ignore[arg-type] # each was made by the converter of its field


def address_refused(settings: Settings, error: OSError) -> SettingsError:
    """Return what to tell where the address cannot be listened on."""
    where = f"cannot listen on {settings.host}, port {settings.port}"
    if error.errno == errno.EADDRINUSE:
        return SettingsError(f"{where}: it is taken by another program; choose another --port")
    number = error.errno or 0  # a name that cannot be resolved has one below zero
    why = os.strerror(number).lower() if number > 0 else "no such address"
    return SettingsError(f"{where}: {why}; choose another --port or --host")


def _convert(name: str, default: object, value: str) -> object:
    if default is None:
        return Path(value)
    try:
        return type(default)(value)  # type: ignore[call-arg] # str, int and float take a string
    except ValueError:
        msg = f"{_PREFIX}{name.upper()} is no number; give one or leave it unset"
        raise SettingsError(msg) from None
