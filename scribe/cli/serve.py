"""``scribe serve`` and ``scribe keys``: the web form and the API, which are an extra."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

import click

from scribe.cli.errors import InputError

_SCOPES: Final = ("analyze", "read", "metrics")
_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_HELP: Final = "File of the keys. [default: ~/.config/scribe/keys.json]"


_WEBHOOKS: Final = click.option(
    "--webhooks",
    "webhooks_file",
    type=_FILE,
    help="Push results to the receivers in this file (see scribe webhooks add).",
)
_SPOOL: Final = click.option(
    "--spool",
    "spool_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep results in this folder until they are delivered; they quote notes.",
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that analyse.",
)
@click.option("--keys", "keys_file", type=_FILE, help=_HELP)
@_WEBHOOKS
@_SPOOL
def serve(
    host: str,
    port: int,
    workers: int,
    keys_file: Path | None,
    webhooks_file: Path | None,
    spool_dir: Path | None,
) -> None:
    """Serve the web form and the API, on this machine only unless --host says otherwise.

    Listening on any other address than loopback needs a key (see scribe keys add). Nothing that is sent is stored, but for
    results that --webhooks pushes to others, which --spool keeps until they are delivered.
    """
    import os

    server = part_of_extra("scribe_api.server")
    store = part_of_extra("scribe_api.keys")
    settings = part_of_extra("scribe_api.settings").Settings
    environment = {
        **os.environ,
        "SCRIBE_HOST": host,
        "SCRIBE_PORT": str(port),
        "SCRIBE_WORKERS": str(workers),
        **_pushing(webhooks_file, spool_dir),
    }
    is_open = not settings.from_environment(environment).is_loopback
    if keys_file or (is_open and "SCRIBE_KEYS_FILE" not in environment):
        environment["SCRIBE_KEYS_FILE"] = str(keys_file or store.default_path())
    shown = f"[{host}]" if ":" in host else host
    server.run(
        settings.from_environment(environment),
        lambda: click.echo(
            f"scribe listens on http://{shown}:{port}/ (stop with Ctrl-C)", err=True
        ),
    )


@click.command()
@click.option("--port", default=2575, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--results", type=_FILE, help="Append each analysis to this file, one JSON object a line."
)
@_WEBHOOKS
@_SPOOL
def mllp(
    port: int, results: Path | None, webhooks_file: Path | None, spool_dir: Path | None
) -> None:
    """Listen for HL7 v2 messages over MLLP, on this machine only, and acknowledge each.

    Nothing is stored unless --results or --spool says where.
    """
    import os

    listener = part_of_extra("scribe_api.mllp")
    given = {"SCRIBE_HOST": "127.0.0.1", "SCRIBE_PORT": str(port)}
    settings = part_of_extra("scribe_api.settings").Settings.from_environment(
        {**os.environ, **given, **_pushing(webhooks_file, spool_dir)}
    )
    listener.run(
        settings,
        results,
        lambda: click.echo(f"scribe listens on 127.0.0.1:{port} (stop with Ctrl-C)", err=True),
    )


def _pushing(webhooks_file: Path | None, spool_dir: Path | None) -> dict[str, str]:
    given = {"SCRIBE_WEBHOOKS_FILE": webhooks_file, "SCRIBE_SPOOL_DIR": spool_dir}
    return {name: str(value) for name, value in given.items() if value}


@click.group()
def keys() -> None:
    """Make, list and revoke the keys of a server that others can reach."""


@keys.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(_SCOPES),
    help="Repeat for several. [default: analyze, read]",
)
@click.option("--days", type=click.IntRange(1, 3650), help="Days until it expires.")
@click.option("--keys", "keys_file", type=_FILE, help=_HELP)
def add(name: str, scopes: tuple[str, ...], days: int | None, keys_file: Path | None) -> None:
    """Make a key for NAME and show it once; only a salted hash of it is kept."""
    store = part_of_extra("scribe_api.keys")
    wanted = tuple(store.Scope(each) for each in scopes or ("analyze", "read"))
    key, token = _file(keys_file).add(name, wanted, days)
    click.echo(token)
    click.echo(f"key {key.id} for {name}; it is not shown again", err=True)


@keys.command("list")
@click.option("--keys", "keys_file", type=_FILE, help=_HELP)
def list_keys(keys_file: Path | None) -> None:
    """List the keys: id, state, scopes, expiry, name."""
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    for key in _file(keys_file).all():
        state = "revoked" if key.revoked else "valid" if key.is_valid(now) else "expired"
        until = key.expires.date().isoformat() if key.expires else "-"
        click.echo(f"{key.id}  {state:8}{','.join(key.scopes):22}{until:12}{key.name}")


@keys.command()
@click.argument("key_id")
@click.option("--keys", "keys_file", type=_FILE, help=_HELP)
def revoke(key_id: str, keys_file: Path | None) -> None:
    """Revoke the key KEY_ID; a running server sees it at once."""
    if not _file(keys_file).revoke(key_id):
        msg = "there is no key of that id; see scribe keys list"
        raise InputError(msg)
    click.echo(f"{key_id} is revoked")


def _file(path: Path | None) -> Any:
    store = part_of_extra("scribe_api.keys")
    return store.KeyFile(path or store.default_path())


def part_of_extra(name: str) -> Any:
    """Load a module of the extra by its name: the library stands below the web form and imports nothing of it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        msg = f"this needs the web form, which is an extra ({error.name} is missing); install it with: pip install 'opnote-scribe[web]'"
        raise InputError(msg) from None
