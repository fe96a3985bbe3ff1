"""``scribe evaluate``: hold analyses against labels that people made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scribe.cli.errors import FOUND, no_note_text

if TYPE_CHECKING:
    from scribe.evaluate.evaluation import Evaluation
    from scribe.evaluate.misses import Misses
    from scribe.rules.evaluation_schema import EvaluationFile
    from scribe.rules.pack import RulePack

_FOLDER = click.Path(path_type=Path)


class LimitType(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """``FIGURE=VALUE``."""

    name = "figure=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read name and number."""
        from scribe.evaluate.limits import Limit, read_limit
        from scribe.rules.pack import load_evaluation

        if isinstance(value, Limit):
            return value
        try:
            return read_limit(str(value), load_evaluation())
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER, metavar="GOLD_DIR...")
@click.option(
    "--by",
    "parts",
    type=click.Choice(("voice", "fact", "status", "code")),
    multiple=True,
    help="Add a table to the terminal's; JSON and HTML hold them all. May be given several times.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(("terminal", "json", "html")),
    default="terminal",
    show_default=True,
    help="How to write the result; html needs the extra audit.",
)
@click.option("--misses", is_flag=True, help="List what is not as labelled: file, offsets, names.")
@click.option("--quotes", is_flag=True, help="With --misses: show the words of the note, too.")
@click.option(
    "--held-out-misses",
    is_flag=True,
    help="With --misses: also those of held_out_ folders, which are then held out no more.",
)
@click.option(
    "--fail-under",
    "limits",
    type=LimitType(),
    multiple=True,
    metavar="FIGURE=VALUE",
    help="Exit with 1 when a figure is worse than this; may be given several times.",
)
@click.option(
    "--baseline",
    type=_FOLDER,
    metavar="FILE",
    help="Exit with 1 when a headline figure is more than a point worse than in FILE, an earlier --format json.",
)
@click.option(
    "--against",
    type=_FOLDER,
    metavar="OTHER_GOLD_DIR",
    help="Analyse nothing: compare the labels of one GOLD_DIR with another person's labels of the same notes.",
)
def evaluate(folders: tuple[Path, ...], **options: Any) -> None:
    """Measure accuracy on labelled notes: folders with NAME.txt and NAME.gold.json, and all folders in them.

    \b
    Exit codes: 0 done, 1 worse than --fail-under or --baseline allow, 2 notes or labels that cannot be used.
    """  # noqa: D301 - a backspace is how click is told to keep lines
    from scribe.rules.pack import load_evaluation, load_pack

    if options["quotes"] and not options["misses"]:
        msg = "--quotes needs --misses"
        raise click.UsageError(msg)
    pack, rules = load_pack(), load_evaluation()
    if options["against"] is not None:
        _compare(folders, pack, rules, options)
        return
    if options["layout"] == "html":
        from scribe.batch.libraries import check_libraries

        check_libraries(("matplotlib",))
    said = _measure(folders, pack, rules, options)
    for line in said:
        click.echo(f"scribe: {line}", err=True)
    if said:
        raise click.exceptions.Exit(FOUND)


def _measure(
    folders: tuple[Path, ...], pack: RulePack, rules: EvaluationFile, options: dict[str, Any]
) -> list[str]:
    """Measure, write the result, and return what is worse than it may be."""
    from scribe.evaluate.as_data import evaluation_as_data
    from scribe.evaluate.limits import broken_limits, read_evaluation, steps_back
    from scribe.evaluate.misses import list_misses

    before = read_evaluation(options["baseline"]) if options["baseline"] else None
    evaluation = _evaluated(folders, pack, rules)
    misses = None
    if options["misses"]:
        misses = list_misses(
            evaluation.outcomes,
            with_held_out=options["held_out_misses"],
            with_quotes=options["quotes"],
        )
    click.echo(_written(evaluation, rules, misses, options).encode("utf-8"), nl=False)
    now = evaluation_as_data(evaluation, None)
    worse = broken_limits(now, options["limits"], rules)
    return worse + (steps_back(before, now, rules) if before else [])


def _evaluated(folders: tuple[Path, ...], pack: RulePack, rules: EvaluationFile) -> Evaluation:
    from scribe.evaluate.agree import agreement_by_split, second_pairs
    from scribe.evaluate.evaluation import evaluate as add_up
    from scribe.evaluate.match import Matcher
    from scribe.evaluate.outcome import Evaluator
    from scribe.evaluate.read import read_labelled
    from scribe.pipeline import Analyzer

    notes = read_labelled(folders, pack)
    agreement = agreement_by_split(second_pairs(folders, pack), Matcher(rules))
    evaluator = Evaluator(Analyzer(pack), rules)
    outcomes = []
    for note in notes:
        with no_note_text(note.note.id):
            outcomes.append(evaluator.judge_note(note))
    return add_up(outcomes, rules, agreement)


def _written(
    evaluation: Evaluation, rules: EvaluationFile, misses: Misses | None, options: dict[str, Any]
) -> str:
    if options["layout"] == "json":
        from scribe.evaluate.as_data import as_json, evaluation_as_data

        return as_json(evaluation_as_data(evaluation, misses.listed if misses else None))
    if options["layout"] == "html":
        from scribe.evaluate.as_html import as_html

        return as_html(evaluation, rules, misses)
    from scribe.evaluate.as_terminal import as_terminal

    return as_terminal(evaluation, rules, options["parts"], misses)


def _compare(
    folders: tuple[Path, ...], pack: RulePack, rules: EvaluationFile, options: dict[str, Any]
) -> None:
    """Compare two labellings and write how far they agree."""
    from scribe.evaluate.agree import agreement_by_split, read_pairs
    from scribe.evaluate.as_data import agreement_as_data, as_json
    from scribe.evaluate.as_terminal import agreement_as_terminal
    from scribe.evaluate.match import Matcher
    from scribe.evaluate.misses import list_differences

    if len(folders) > 1 or options["layout"] == "html":
        msg = "--against takes one GOLD_DIR, and writes terminal or json"
        raise click.UsageError(msg)
    found = agreement_by_split(read_pairs(folders[0], options["against"], pack), Matcher(rules))
    differences = list_differences(found.values(), with_held_out=options["held_out_misses"])
    if options["layout"] == "json":
        click.echo(as_json(agreement_as_data(found, differences.listed)), nl=False)
    else:
        click.echo(agreement_as_terminal(found, differences), nl=False)
