"""``scribe analyze``: from notes to reports."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from scribe.cli.errors import FOUND, InputError, no_note_text
from scribe.cli.layout import layout_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from scribe.pipeline import AnalyzedNote
    from scribe.types.analysis import Analysis

_ONE_NOTE = ("json", "html")
_FORMATS = ("terminal", "json", "jsonl", "html", "markdown")
_LEVELS = ("high", "medium", "low")
_WIDEST = 120


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...|-")
@layout_option(*_FORMATS)
@click.option(
    "--code",
    metavar="CODE",
    help="Show the checklist of this code, and let --fail-on look only at findings that touch it.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_LEVELS),
    help="Exit with 1 when a finding is at least this severe.",
)
def analyze(paths: tuple[str, ...], layout: str, code: str | None, fail_on: str | None) -> None:
    """Analyse operative notes: files of any format that scribe reads, or - for standard input.

    Text and Markdown, Word, PDF with a text layer, RTF, HTML, HL7 v2, FHIR and C-CDA; the content tells which.

    \b
    Exit codes: 0 done, 1 a finding at or above --fail-on, 2 an input that cannot be used.
    """  # noqa: D301 - a backspace is how click is told to keep lines
    from scribe.pipeline import STDIN, Analyzer, read_source

    if layout in _ONE_NOTE and len(paths) > 1:
        msg = f"--format {layout} holds one note; give one path, or use --format jsonl for several"
        raise InputError(msg)
    if paths.count(STDIN) > 1:
        msg = "- is given twice; standard input holds one note"
        raise InputError(msg)
    notes = [read_source(each, sys.stdin.buffer) for each in paths]
    analyzer = Analyzer()
    gc.freeze()  # rules and models live as long as the process: the collector need not walk them while the first note is read
    if code is not None and code not in analyzer.codes:
        msg = f"--code {code!r} is not one of {', '.join(analyzer.codes)}"
        raise InputError(msg)
    write = _writer(layout, code)
    is_found = False
    for note in notes:
        with no_note_text(note.id):
            analysis = analyzer.analyze_note(note)
            written = write(analysis).encode("utf-8")
        click.echo(written, nl=False)
        is_found = is_found or _has_finding(analysis, fail_on, code)
    if is_found:
        raise click.exceptions.Exit(FOUND)


def _writer(layout: str, code: str | None) -> Callable[[AnalyzedNote], str]:
    if layout in ("json", "jsonl"):
        from scribe.render.as_json import as_json

        return lambda analysis: as_json(analysis, indent=2 if layout == "json" else None)
    if layout == "html":
        from scribe.render.as_html import as_html

        return lambda analysis: as_html(analysis, code=code)
    if layout == "markdown":
        from scribe.render.as_markdown import as_markdown

        return lambda analysis: as_markdown(analysis, code=code)
    from scribe.render.as_terminal import as_terminal

    is_colored = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)
    return lambda analysis: as_terminal(analysis, code=code, width=width, color=is_colored)


def _has_finding(analysis: Analysis, level: str | None, code: str | None) -> bool:
    if level is None:
        return False
    fatal = _LEVELS[: _LEVELS.index(level) + 1]
    return any(
        each.severity.value in fatal and (code is None or not each.codes or code in each.codes)
        for each in analysis.findings
    )
