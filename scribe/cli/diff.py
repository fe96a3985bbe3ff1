"""``scribe diff``: what changed between two audits."""

from __future__ import annotations

import json
from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option(
    "--by",
    type=click.Choice(("file", "id")),
    default="file",
    show_default=True,
    help="What tells that two notes are the same.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(("terminal", "json")),
    default="terminal",
    show_default=True,
    help="How to write the result.",
)
def diff(old: Path, new: Path, by: str, layout: str) -> None:
    """Compare two audits, the folders OLD and NEW: decisions, items and findings, per note and summed."""
    from scribe.batch.diff import compare_audits, diff_as_data, diff_as_text

    found = compare_audits(old, new, by=by)
    if layout == "json":
        click.echo(json.dumps(diff_as_data(found), indent=2, ensure_ascii=False))
    else:
        click.echo(diff_as_text(found), nl=False)
