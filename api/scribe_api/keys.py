"""Keys: made on the command line, stored as salted hashes, checked in constant time."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from scribe_api.private_file import config_file, write_private
from scribe_api.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX: Final = "scribe"
_PARTS: Final = 3
_NOBODY_SALT: Final = "00" * 16


class Scope(StrEnum):
    """What a key allows."""

    ANALYZE = "analyze"
    READ = "read"
    METRICS = "metrics"


class Key(BaseModel):
    """One key as it is stored: everything but the secret."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    salt: str
    hash: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Tell whether the key opens anything at this moment."""
        return self.revoked is None and (self.expires is None or now < self.expires)


_KEYS: Final = TypeAdapter(list[Key])
_NOBODY: Final = Key(
    id="", name="", salt=_NOBODY_SALT, hash="", scopes=(), created=datetime(2000, 1, 1, tzinfo=UTC)
)


def default_path() -> Path:
    """Return where keys are kept unless something else is said."""
    return config_file("keys.json")


class KeyFile:
    """The file of keys; a running server sees changes at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._keys: dict[str, Key] = {}

    def all(self) -> list[Key]:
        """Return every key, expired and revoked ones too.

        Raises:
            SettingsError: The file is damaged.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return []
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._seen:
            self._keys = {each.id: each for each in self._read()}
            self._seen = stamp
        return list(self._keys.values())

    def usable(self) -> list[Key]:
        """Return the keys that open something now."""
        now = datetime.now(UTC)
        return [each for each in self.all() if each.is_valid(now)]

    def add(self, name: str, scopes: tuple[Scope, ...], days: int | None) -> tuple[Key, str]:
        """Make a key.

        Returns: What is stored, and the key itself, which is shown once and never again.
        """
        now = datetime.now(UTC)
        key_id, secret, salt = (
            secrets.token_hex(6),
            secrets.token_urlsafe(32),
            secrets.token_hex(16),
        )
        key = Key(
            id=key_id,
            name=name,
            salt=salt,
            hash=_digest(salt, secret),
            scopes=scopes,
            created=now,
            expires=now + timedelta(days=days) if days else None,
        )
        self._write([*self.all(), key])
        return key, f"{_PREFIX}_{key_id}_{secret}"

    def revoke(self, key_id: str) -> bool:
        """Close a key for good; False when there is none of that id."""
        keys = self.all()
        if key_id not in {each.id for each in keys}:
            return False
        now = datetime.now(UTC)
        self._write(
            [
                each.model_copy(update={"revoked": now}) if each.id == key_id else each
                for each in keys
            ]
        )
        return True

    def find(self, token: str) -> Key | None:
        """Return the valid key that a token opens; takes the same time for an unknown id."""
        parts = token.split("_", _PARTS - 1)
        known = len(parts) == _PARTS and parts[0] == _PREFIX
        key_id, secret = (parts[1], parts[2]) if known else ("", "")
        key = next((each for each in self.usable() if each.id == key_id), _NOBODY)
        same = hmac.compare_digest(_digest(key.salt, secret).encode(), key.hash.encode())
        return key if same and key is not _NOBODY else None

    def _read(self) -> list[Key]:
        try:
            return _KEYS.validate_json(self.path.read_bytes())
        except (OSError, ValidationError):
            msg = f"{self.path}: not a file of keys; restore it or make a new one with scribe keys add"
            raise SettingsError(msg) from None

    def _write(self, keys: list[Key]) -> None:
        write_private(self.path, _KEYS.dump_json(keys, indent=2) + b"\n")


def _digest(salt: str, secret: str) -> str:
    # The secret has 256 random bits, so that a slow hash would protect nothing that this one does not.
    return hashlib.sha256(bytes.fromhex(salt) + secret.encode()).hexdigest()
