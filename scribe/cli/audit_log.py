"""``scribe audit-log``: check the audit trail of a server."""

from __future__ import annotations

from pathlib import Path

import click

from scribe.cli.errors import FOUND, InputError
from scribe.cli.serve import part_of_extra


@click.group("audit-log")
def audit_log() -> None:
    """Check the audit trail that a server keeps when SCRIBE_AUDIT_FILE names a file."""


@audit_log.command()
@click.argument("path", type=click.Path(path_type=Path))
def verify(path: Path) -> None:
    """Follow the chain of hashes in PATH from its start.

    \b
    Exit codes: 0 whole, 1 a line was changed, removed or put in, 2 the file cannot be read.
    """  # noqa: D301 - a backspace is how click is told to keep lines
    trail = part_of_extra("scribe_api.audit_log")
    try:
        verdict = trail.verify(path)
    except OSError as error:
        msg = f"{click.format_filename(path)}: cannot be opened ({(error.strerror or 'unknown reason').lower()}); check the path"
        raise InputError(msg) from None
    if verdict.broken:
        click.echo(
            f"The chain breaks at line {verdict.broken}; {verdict.lines} lines before it hold."
        )
        raise click.exceptions.Exit(FOUND)
    torn = f" but for {verdict.tears} that a crash tore" if verdict.tears else ""
    click.echo(f"{verdict.lines} lines, whole{torn}; the head is {verdict.head}")
