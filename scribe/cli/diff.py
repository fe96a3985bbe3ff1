"""``scribe diff``: what changed between two audits."""

from __future__ import annotations

from pathlib import Path

import click

from scribe.cli.layout import JSON, TERMINAL, echo_result, layout_option

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option(
    "--by",
    type=click.Choice(("file", "id")),
    default="file",
    show_default=True,
    help="What tells that two notes are the same: path with row, or id.",
)
@layout_option(TERMINAL, JSON)
def diff(old: Path, new: Path, by: str, layout: str) -> None:
    """Compare two audits, the folders OLD and NEW: decisions, items and findings, per note and summed."""
    from scribe.batch.diff import compare_audits, diff_as_data, diff_as_text

    found = compare_audits(old, new, by=by)
    if found.advice:
        click.echo(f"scribe: {found.advice}", err=True)
    echo_result(layout, lambda: diff_as_text(found), lambda: diff_as_data(found))
