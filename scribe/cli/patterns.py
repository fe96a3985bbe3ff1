"""``scribe patterns``: work on the rule pack."""

from __future__ import annotations

from pathlib import Path

import click

from scribe.cli.errors import FOUND, InputError

_FOLDER = click.Path(path_type=Path)


@click.group()
def patterns() -> None:
    """Work on the rule pack."""


@patterns.command()
@click.argument("folder", required=False, type=_FOLDER)
@click.option(
    "--cases", type=_FOLDER, help="Also check that every rule has its cases in this folder."
)
def check(folder: Path | None, cases: Path | None) -> None:
    """Check a rule pack as a whole: references, sources, names, expressions, neutral questions.

    Without FOLDER, the pack that belongs to this installation.

    \b
    Exit codes: 0 sound, 1 problems, 2 a file or a rule that cannot be read.
    """  # noqa: D301 - a backspace is how click is told to keep lines
    from scribe.pipeline import compile_rules
    from scribe.rules.check import check_pack
    from scribe.rules.pack import load_pack

    for each in (folder, cases):
        if each is not None and not each.is_dir():
            msg = f"{click.format_filename(each)}: no such folder; check the path"
            raise InputError(msg)
    pack = load_pack(folder)
    problems = check_pack(pack, cases)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.exceptions.Exit(FOUND)
    compile_rules(pack)
    click.echo("The rule pack is sound.")
