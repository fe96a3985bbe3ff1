"""``scribe audit``: from a folder or an export of notes to a worklist, figures and evidence."""

from __future__ import annotations

import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scribe.cli.errors import FOUND, InputError
from scribe.cli.layout import JSON, TERMINAL, echo_result, layout_option

if TYPE_CHECKING:
    from scribe.batch.audit import Outcome, Request
    from scribe.batch.run import Watcher

STRATA = ("surgeon", "month", "decision", "code")
_LEVELS = ("high", "medium", "low")
_INTERRUPTED = 130


class ShardType(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """``i/n``: part number i of n."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the two numbers."""
        number, _, of = str(value).partition("/")
        if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
            self.fail(f"{value!r} is not i/n with 1 <= i <= n", param, ctx)
        return int(number), int(of)


class AuditGroup(click.Group):
    """A group that audits what it is given, unless the first word is one of its commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take everything that is no command as the arguments of ``run``."""
        if args and self.get_command(ctx, args[0]) is None:
            return super().resolve_command(ctx, ["run", *args])
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hand options to ``run`` when no command is named."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(cls=AuditGroup)
def audit() -> None:
    """Audit many notes: scribe audit PATH... --out DIR.

    The same as scribe audit run; see its help for all options.
    """


@audit.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...|-")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to write; a new folder.",
)
@click.option("--resume", is_flag=True, help="Go on where a run into the same folder stopped.")
@click.option("--jobs", type=click.IntRange(1), help="How many processes; all cores unless told.")
@click.option(
    "--timeout",
    type=click.FloatRange(1),
    default=120.0,
    show_default=True,
    help="Seconds that one note may take.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_LEVELS),
    help="Exit with 1 when a finding is at least this severe.",
)
@click.option(
    "--reports",
    type=click.Choice(("worklist", "all", "none")),
    default="worklist",
    show_default=True,
    help="Which notes get a report page of their own.",
)
@click.option(
    "--keep-text", is_flag=True, help="Keep the extracted text of every note beside the results."
)
@click.option(
    "--text-column",
    default="text",
    show_default=True,
    help="Column of a table that holds the notes.",
)
@click.option("--id-column", default="id", show_default=True, help="Column that holds their ids.")
@click.option(
    "--surgeon-column", default="surgeon", show_default=True, help="Column that holds the surgeon."
)
@click.option(
    "--date-column",
    default="date",
    show_default=True,
    help="Column that holds the date of the operation.",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    show_default=True,
    help="Processes on this machine, or Spark with its own paths (extra: spark).",
)
@click.option(
    "--table",
    metavar="FORMAT",
    help="With --engine spark: read PATH as a table of this Spark format, for example parquet or delta, and not as files.",
)
@click.option(
    "--shard",
    type=ShardType(),
    help="Audit only part i of n, for job arrays; scribe audit merge DIR brings the parts together.",
)
@click.option(
    "--sample",
    type=click.IntRange(1),
    metavar="N",
    help="Also draw N notes for review by people, and write sheets for it.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the draw.")
@click.option("--by", type=click.Choice(STRATA), help="Draw from each of these in proportion.")
def run(paths: tuple[str, ...], **options: Any) -> None:
    """Audit folders, globs, files, ZIP archives and tables, or - for a list of paths.

    \b
    Exit codes: 0 done, 1 a finding at or above --fail-on, 2 an input that cannot be used.
    A file that cannot be read is a row of failures.csv, and not the end.
    """  # noqa: D301 - a backspace is how click is told to keep lines
    from scribe.batch.audit import Request
    from scribe.batch.discover import Discovery
    from scribe.batch.item import Settings
    from scribe.batch.run import Shard
    from scribe.batch.shards import shard_folder
    from scribe.batch.tables import Columns

    columns = Columns(
        text=options["text_column"],
        note_id=options["id_column"],
        surgeon=options["surgeon_column"],
        date=options["date_column"],
    )
    out: Path = options["out"]
    request = Request(
        roots=_roots(paths, options["engine"]),
        out=out,
        discovery=Discovery(columns=columns, leave_out=out),
        settings=Settings(reports=options["reports"], keeps_text=options["keep_text"]),
        is_resumed=options["resume"],
        shard=Shard(number=options["shard"][0], of=options["shard"][1])
        if options["shard"]
        else None,
        options={name: str(value) for name, value in sorted(options.items()) if value is not None},
    )
    finished = shard_folder(out, request.shard) if request.shard else out / "run.json"
    if request.is_resumed and finished.exists():
        click.echo(f"{click.format_filename(out)}: complete; nothing to do")
        return
    outcome = _interruptible(request, options)
    _report(outcome)
    if options["sample"] and request.shard is None:
        _draw(out, options["sample"], options["seed"], options["by"])
    if _is_fatal(outcome, options["fail_on"]):
        raise click.exceptions.Exit(FOUND)


def _roots(paths: tuple[str, ...], engine: str) -> list[str]:
    """Return what to look through; paths of other file systems are for Spark to check."""
    from scribe.batch.discover import expand
    from scribe.batch.spark_paths import is_remote

    remote = [each for each in paths if is_remote(each)] if engine == "spark" else []
    local = [each for each in paths if each not in remote]
    return [*expand(local, sys.stdin.buffer), *remote]


def _interruptible(request: Request, options: dict[str, Any]) -> Outcome:
    """Run the audit; Ctrl-C and a polite kill stop it in order."""
    from scribe.batch.audit import local_work, run_audit
    from scribe.batch.pool import LocalPool, all_cores

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if options["engine"] == "spark":
        from scribe.batch.spark import spark_work

        work = spark_work(jobs=options["jobs"], table=options["table"])
    else:
        jobs = options["jobs"] or all_cores()
        work = local_work(LocalPool(request.settings, jobs=jobs, timeout_s=options["timeout"]))
    try:
        with _watcher(request, is_elsewhere=options["engine"] != "local") as watcher:
            return run_audit(request, work, watcher)
    except KeyboardInterrupt:
        click.echo("scribe: stopped; the same command with --resume goes on from here", err=True)
        raise click.exceptions.Exit(_INTERRUPTED) from None


def _watcher(request: Request, *, is_elsewhere: bool) -> AbstractContextManager[Watcher]:
    from scribe.batch.progress import Bar, Quiet

    if not sys.stderr.isatty():
        return nullcontext(Quiet())
    if is_elsewhere:
        return Bar(None)
    return Bar(sum(1 for _ in request.discovery.notes(request.roots)))


def _report(outcome: Outcome) -> None:
    counts = outcome.counts
    decisions = ", ".join(f"{name} {count}" for name, count in counts["decisions"].items())
    same = f" ({counts['duplicates']} with the same content as another)"
    click.echo(
        f"{counts['notes']} note{'' if counts['notes'] == 1 else 's'}{same if counts['duplicates'] else ''}, {counts['failed']} failed; "
        f"{decisions or 'nothing read'}"
    )
    report = outcome.folder.path / "report.html"
    if report.exists():
        if counts["failed"]:
            failures = outcome.folder.path / "failures.csv"
            click.echo(f"Not readable, with reasons: {click.format_filename(failures)}")
        click.echo(f"Report: {click.format_filename(report)}")
    else:
        click.echo(f"Shard: {click.format_filename(outcome.folder.path)}")


def _is_fatal(outcome: Outcome, level: str | None) -> bool:
    if level is None:
        return False
    found = outcome.counts["findings"]
    return any(found[each] for each in _LEVELS[: _LEVELS.index(level) + 1])


def _draw(out: Path, size: int, seed: int, by: str | None) -> None:
    from scribe.batch.sample import SHEET, SHEET_WORKBOOK, draw_sample, write_sheets
    from scribe.rules.pack import load_pack

    drawn = draw_sample(out, size, seed, by)
    write_sheets(out, drawn, load_pack())
    for name in (SHEET, SHEET_WORKBOOK):
        click.echo(f"Review sheet of {len(drawn)} notes: {click.format_filename(out / name)}")


@audit.command()
@click.argument("out", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--sample", "size", type=click.IntRange(1), required=True, metavar="N", help="How many notes."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the draw.")
@click.option("--by", type=click.Choice(STRATA), help="Draw from each of these in proportion.")
def sample(out: Path, size: int, seed: int, by: str | None) -> None:
    """Draw notes of a finished audit for review by people, and write sheets for it."""
    _draw(out, size, seed, by)


@audit.command()
@click.argument("sheet", type=click.Path(path_type=Path))
@click.option(
    "--audit",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The audit that the sheet was drawn from; the folder of the sheet unless told.",
)
@layout_option(TERMINAL, JSON)
def agree(sheet: Path, folder: Path | None, layout: str) -> None:
    """Say how far reviewers and scribe agree: per item, with Cohen's kappa and every miss."""
    from scribe.batch.agree import agreement, agreement_as_data, agreement_as_text
    from scribe.batch.folder import Folder

    if folder is None and not Folder(sheet.parent).is_complete:
        msg = f"{click.format_filename(sheet)}: not beside its audit; name the folder with --audit DIR"
        raise InputError(msg)
    found, misses = agreement(sheet, folder or sheet.parent)
    echo_result(
        layout,
        lambda: agreement_as_text(found, misses),
        lambda: agreement_as_data(found, misses),
    )


@audit.command()
@click.argument("out", type=click.Path(path_type=Path), metavar="DIR")
def merge(out: Path) -> None:
    """Bring the parts of --shard together: DIR then holds what one run would have written."""
    from scribe.batch.audit import merge_shards

    _report(merge_shards(out))
