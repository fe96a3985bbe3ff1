"""``scribe webhooks``: who results are pushed to, and what could not be delivered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from scribe.cli.errors import FOUND, InputError
from scribe.cli.serve import part_of_extra

_FILE: Final = click.option(
    "--webhooks",
    "webhooks_file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="SCRIBE_WEBHOOKS_FILE",
    help="File of the receivers. [default: ~/.config/scribe/webhooks.json]",
)
_SPOOL: Final = click.option(
    "--spool",
    "spool_dir",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="SCRIBE_SPOOL_DIR",
    required=True,
    help="Folder that keeps undelivered results, the one of scribe serve --spool.",
)


@click.group()
def webhooks() -> None:
    """Name the receivers that results are pushed to, and see to what could not be delivered."""


@webhooks.command()
@click.argument("name")
@click.argument("url")
@_FILE
def add(name: str, url: str, webhooks_file: Path | None) -> None:
    """Push results to URL, known as NAME; shows the secret that signs them, which the receiver needs."""
    target = _targets(webhooks_file).add(name, url)
    click.echo(target.secret)
    click.echo(f"webhook {name}: give its receiver the secret; restart scribe serve", err=True)


@webhooks.command()
@click.argument("name")
@_FILE
def remove(name: str, webhooks_file: Path | None) -> None:
    """Push nothing more to NAME; what waits for it stays in the spool."""
    if not _targets(webhooks_file).remove(name):
        msg = "there is no webhook of that name; see scribe webhooks targets"
        raise InputError(msg)
    click.echo(f"{name} is removed; restart scribe serve")


@webhooks.command()
@_FILE
def targets(webhooks_file: Path | None) -> None:
    """List the receivers: name and address, without their secrets."""
    for each in _targets(webhooks_file).all():
        click.echo(f"{each.name}  {each.url}")


@webhooks.command("list")
@_SPOOL
@click.option("--dead", is_flag=True, help="Only those that were given up.")
def list_kept(spool_dir: Path, dead: bool) -> None:
    """List the results that are not delivered: id, state, attempts, what came of the last, age, receiver.

    \b
    Exit codes: 0 none was given up, 1 some were.
    """  # noqa: D301 - a backspace is how click is told to keep lines
    kept = _spool(spool_dir).all()
    now = datetime.now(UTC).timestamp()
    for each in kept:
        if dead and not each.is_dead:
            continue
        state = "dead" if each.is_dead else "waits"
        hours = f"{(now - each.created) / 3600:.1f} h"
        click.echo(
            f"{each.id}  {state:6}{each.attempts:4}  {each.last or '-':24}{hours:>9}  {each.target}"
        )
    if any(each.is_dead for each in kept):
        raise click.exceptions.Exit(FOUND)


@webhooks.command()
@click.argument("delivery", required=False)
@_SPOOL
def retry(delivery: str | None, spool_dir: Path) -> None:
    """Try the given-up result DELIVERY again, or all of them; a running server takes them up."""
    number = _spool(spool_dir).revive(delivery)
    if delivery and not number:
        msg = "no given-up result has that id; see scribe webhooks list --dead"
        raise InputError(msg)
    click.echo(f"{number} will be tried again")


@webhooks.command()
@click.argument("delivery")
@_SPOOL
def drop(delivery: str, spool_dir: Path) -> None:
    """Erase the undelivered result DELIVERY for good."""
    if not _spool(spool_dir).forget(delivery):
        msg = "there is no result of that id; see scribe webhooks list"
        raise InputError(msg)
    click.echo(f"{delivery} is erased")


def _targets(path: Path | None) -> Any:
    part = part_of_extra("scribe_api.targets")
    return part.TargetFile(path or part.default_path())


def _spool(folder: Path) -> Any:
    return part_of_extra("scribe_api.spool").Spool(folder)
