"""Who results are pushed to: named by the operator in a file, never by a request."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from scribe_api.private_file import config_file, is_private, write_private
from scribe_api.settings import SettingsError
from scribe_api.signing import new_secret, sign

if TYPE_CHECKING:
    from pathlib import Path

    from scribe_api.settings import Settings


class Target(BaseModel):
    """One receiver."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
    url: str
    secret: Annotated[str, Field(repr=False)]


_TARGETS: Final = TypeAdapter(list[Target])


def default_path() -> Path:
    """Return where targets are kept unless something else is said."""
    return config_file("webhooks.json")


def check_url(url: str) -> None:
    """Refuse an address that notes must not go to.

    Raises:
        SettingsError: It is neither https nor http on loopback, or holds a password.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.username is not None or parts.fragment or not host or not url.isascii():
        msg = "a webhook's address is https://HOST[:PORT]/PATH, without user, password and fragment"
        raise SettingsError(msg)
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        msg = "a webhook's address has to be https, or http on this machine: results quote notes"
        raise SettingsError(msg)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class TargetFile:
    """The file of targets. It holds their secrets, so that only its owner may read it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> list[Target]:
        """Return the targets; none when there is no such file.

        Raises:
            SettingsError: The file is damaged or can be read by others, or a target in it cannot be used.
        """
        if not self.path.exists():
            return []
        if not is_private(self.path):
            msg = f"{self.path}: holds secrets and can be read by others; chmod 600 it"
            raise SettingsError(msg)
        try:
            targets = _TARGETS.validate_json(self.path.read_bytes())
            for each in targets:
                sign(each.secret, "", 0, b"")
        except (OSError, ValidationError, ValueError):
            msg = f"{self.path}: not a file of webhooks; restore it or make a new one with scribe webhooks add"
            raise SettingsError(msg) from None
        for each in targets:
            check_url(each.url)
        return targets

    def add(self, name: str, url: str) -> Target:
        """Add a receiver, with a secret of its own.

        Raises:
            SettingsError: The address or the name cannot be used.
        """
        check_url(url)
        targets = self.all()
        if any(each.name == name for each in targets):
            msg = "there is a webhook of that name; remove it first"
            raise SettingsError(msg)
        try:
            target = Target(name=name, url=url, secret=new_secret())
        except ValidationError:
            msg = "a webhook's name is up to 40 letters, digits, dots, hyphens and underscores"
            raise SettingsError(msg) from None
        self._write([*targets, target])
        return target

    def remove(self, name: str) -> bool:
        """Take a receiver away; False when there is none of that name."""
        targets = self.all()
        kept = [each for each in targets if each.name != name]
        if len(kept) < len(targets):
            self._write(kept)
        return len(kept) < len(targets)

    def _write(self, targets: list[Target]) -> None:
        write_private(self.path, _TARGETS.dump_json(targets, indent=2) + b"\n")


def check_webhooks(settings: Settings) -> list[Target]:
    """Return the receivers that the settings name; none where they name no file.

    Raises:
        SettingsError: There is no folder to keep results in until they are delivered, or no receiver, or one cannot be used.
    """
    if settings.webhooks_file is None:
        return []
    if settings.spool_dir is None:
        msg = (
            "webhooks need a folder that keeps results until they are delivered; name one with --spool"
            " (results quote notes: protect it as you protect them)"
        )
        raise SettingsError(msg)
    targets = TargetFile(settings.webhooks_file).all()
    if not targets:
        msg = (
            f"{settings.webhooks_file}: names no webhook; add one with scribe webhooks add NAME URL"
        )
        raise SettingsError(msg)
    return targets
