"""An evaluation as plain text: figures first, then the tables that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.evaluate.as_data import INTERVALS
from scribe.evaluate.labels import JUDGED
from scribe.evaluate.words import NO_FIGURE, counts, number, percent, with_interval
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scribe.evaluate.agree import Agreement
    from scribe.evaluate.evaluation import Evaluation
    from scribe.evaluate.figures import Figure, Group, Row
    from scribe.evaluate.labels import Split
    from scribe.evaluate.misses import Misses
    from scribe.rules.evaluation_schema import EvaluationFile

SLOWEST = 5
MISSED = "not as labelled"
DIFFERENT = "labelled differently; expected by the first, got from the second"
Cells = tuple[str, ...]


def as_terminal(
    evaluation: Evaluation, rules: EvaluationFile, parts: Iterable[str], misses: Misses | None
) -> str:
    """Write the figures, and what else was asked for.

    Args:
        evaluation: What was measured.
        rules: Labels of the figures.
        parts: Tables to add: ``voice``, ``fact``, ``status``, ``code``.
        misses: Those to list; None lists none.
    """
    lines = [*_head(evaluation), "", *_figures(evaluation, rules)]
    for part in parts:
        lines += ["", *_PARTS[part](evaluation, rules)]
    lines += ["", *_checklist(evaluation), "", *_calibration(evaluation), "", *_slowest(evaluation)]
    for split, agreement in evaluation.agreement.items():
        lines += ["", *agreement_lines(split, agreement)]
    if misses is not None:
        lines += ["", *miss_lines(misses)]
    return "\n".join([*lines, "", f"Intervals, {INTERVALS}.", ""])


def agreement_as_terminal(found: Mapping[Split, Agreement], differences: Misses) -> str:
    """Write how far two labellings agree, and where they differ."""
    lines: list[str] = []
    for split, agreement in found.items():
        lines += [*agreement_lines(split, agreement), ""]
    return "\n".join([*lines, *miss_lines(differences, DIFFERENT), ""])


def agreement_lines(split: Split, agreement: Agreement) -> list[str]:
    """Write the figures of two labellings."""
    notes = agreement.notes
    return table(
        (f"Two labellings, {split.value}", "same", "of", "F1 or kappa"),
        [
            ("facts (F1)", str(agreement.facts.right), _union(agreement), number(agreement.facts.f1)),
            ("code or decision", str(agreement.codes_same), str(notes), number(agreement.code_kappa)),
            ("checklist items", str(agreement.items_same), str(agreement.items), number(agreement.item_kappa)),
            ("findings (F1)", str(agreement.findings.right), "", number(agreement.findings.f1)),
        ],
    )  # fmt: skip


def miss_lines(misses: Misses, title: str = MISSED) -> list[str]:
    """Write a list of misses, one a line: file, offsets, what, expected, got."""
    lines = [f"{len(misses.listed)} {title}"]
    for each in misses.listed:
        miss = each.miss
        place = f"{miss.span.start}-{miss.span.end}" if miss.span else "no place"
        words = f"  {_one_line(each.quote)!r}" if each.quote is not None else ""
        lines.append(
            f"{each.path.as_posix()}  {place}  {miss.kind}  {miss.name}  "
            f"expected {miss.expected}  got {miss.got}{words}"
        )
    if misses.hidden:
        lines.append(
            f"{misses.hidden} more in held-out folders, not shown. Whoever looks at them renames the folder to tuned_... "
            "and says so in its data sheet; then --held-out-misses."
        )
    return lines


def table(head: Cells, rows: Iterable[Cells]) -> list[str]:
    """Write a table: the first column to the left, the others to the right."""
    every = [head, *rows]
    widths = [max(len(row[at]) for row in every) for at in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in every
    ]


def _head(evaluation: Evaluation) -> list[str]:
    groups = ", ".join(f"{group.notes} {split.value}" for split, group in evaluation.groups.items())
    engine = evaluation.engine
    made = (
        f"scribe {engine.version}, rules {engine.rules.version} ({engine.rules.hash})"
        if engine
        else ""
    )
    return [f"Labelled notes: {groups}; {made}"]  # fmt: skip


def _figures(evaluation: Evaluation, rules: EvaluationFile) -> list[str]:
    groups = evaluation.groups
    head = ("Figures", *(cell for split in groups for cell in (split.value, "counts")))
    rows = []
    for name, rule in rules.figures.items():
        found = [group.figures[name] for group in groups.values()]
        cells = (
            cell
            for each in found
            for cell in (with_interval(each, is_share=rule.proportion), counts(each))
        )
        rows.append((f"{rule.label} ({name})", *cells))
    return table(head, rows)


def _voices(evaluation: Evaluation, rules: EvaluationFile) -> list[str]:
    names = rules.headline
    return table(
        ("Voices", "notes", *names),
        (
            (voice, str(each.notes), *(_short(each.figures[name], rules, name) for name in names))
            for voice, each in evaluation.voices.items()
        ),
    )


def _facts(evaluation: Evaluation, _: EvaluationFile) -> list[str]:
    return _rows(evaluation, "Facts, worst first", lambda group: group.facts)


def _statuses(evaluation: Evaluation, _: EvaluationFile) -> list[str]:
    lines = _rows(evaluation, "Status", lambda group: group.statuses, judged=JUDGED)
    for split, group in evaluation.groups.items():
        lines += ["", *confusion(f"Status labelled, {split.value}", group.statuses_confused)]
    return lines


def _codes(evaluation: Evaluation, _: EvaluationFile) -> list[str]:
    lines = _rows(evaluation, "Code or decision", lambda group: group.answers)
    for split, group in evaluation.groups.items():
        lines += ["", *confusion(f"Code labelled, {split.value}", group.answers_confused)]
    return lines


def _checklist(evaluation: Evaluation) -> list[str]:
    lines: list[str] = []
    for split, group in evaluation.groups.items():
        lines += ["", *confusion(f"Checklist labelled, {split.value}", group.items_confused)]
    return lines[1:]


def confusion(title: str, found: Mapping[tuple[str, str], int]) -> list[str]:
    """Write a matrix: labelled in rows, reported in columns."""
    rows, columns = sorted({one for one, _ in found}), sorted({other for _, other in found})
    return table(
        (title, *columns),
        ((row, *(str(found.get((row, column), 0)) for column in columns)) for row in rows),
    )


def _rows(
    evaluation: Evaluation,
    title: str,
    rows_of: Callable[[Group], Mapping[str, Row]],
    judged: Sequence[Status] | None = None,
) -> list[str]:
    lines: list[str] = []
    for split, group in evaluation.groups.items():
        lines += [""]
        lines += table(
            (f"{title}, {split.value}", "precision", "recall", "F1", "right", "surplus", "missed"),
            (
                _row(name, row, is_judged=judged is None or Status(name) in judged)
                for name, row in rows_of(group).items()
            ),
        )
    return lines[1:]


def _row(name: str, row: Row, *, is_judged: bool) -> Cells:
    hits = row.hits
    recall = with_interval(row.recall)
    if not is_judged:
        return (name, NO_FIGURE, recall, NO_FIGURE, str(hits.right), NO_FIGURE, str(hits.missed))
    return (
        name, with_interval(row.precision), recall, with_interval(row.f1),
        str(hits.right), str(hits.surplus), str(hits.missed),
    )  # fmt: skip


def _calibration(evaluation: Evaluation) -> list[str]:
    lines: list[str] = []
    for split, group in evaluation.groups.items():
        lines += table(
            (f"Confidence of the answer, {split.value}", "notes", "stated", "right"),
            (
                (f"{each.low:.1f} to {each.high:.1f}", str(each.of), percent(each.confidence), percent(each.right))
                for each in group.answer_bins
            ),
        )  # fmt: skip
        lines += ["", *_curve(split, group), ""]
    return lines[:-1]


def _curve(split: Split, group: Group) -> list[str]:
    return table(
        (f"Answer only at or above, {split.value}", "coverage", "right"),
        (
            (f"{each.confidence:.2f}", percent(each.coverage), percent(each.accuracy))
            for each in group.curve
        ),
    )


def _slowest(evaluation: Evaluation) -> list[str]:
    slow = sorted(evaluation.outcomes, key=lambda each: -each.seconds)[:SLOWEST]
    return table(
        ("Slowest notes", "milliseconds", "code points"),
        (
            (each.note.path.as_posix(), f"{1000 * each.seconds:.0f}", str(len(each.note.note.text)))
            for each in slow
        ),
    )


def _short(figure: Figure, rules: EvaluationFile, name: str) -> str:
    is_share = rules.figures[name].proportion
    return percent(figure.value) if is_share or figure.value is None else f"{figure.value:.2f}"


def _union(agreement: Agreement) -> str:
    facts = agreement.facts
    return str(facts.right + facts.surplus + facts.missed)


def _one_line(words: str) -> str:
    return " ".join(words.split())


_PARTS = {"voice": _voices, "fact": _facts, "status": _statuses, "code": _codes}
PARTS = tuple(_PARTS)
