"""The tables of accuracy for README.md and docs/accuracy.md, from ``models/metrics.json`` (``make metrics``)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scribe.evaluate.labels import Split
from scribe.rules.evaluation_schema import Better, EvaluationFile

if TYPE_CHECKING:
    from collections.abc import Iterable

METRICS = Path(__file__).resolve().parents[1] / "models" / "metrics.json"
COMMAND = "make metrics"
_BLOCK = re.compile(r"(<!-- (\w+): [^>]*-->\n).*?(<!-- end of \2 -->)", re.DOTALL)
_HELD, _TUNED = Split.HELD_OUT.value, Split.TUNED.value
_WORST = 5
_STEPS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)

Metrics = dict[str, Any]


def load_metrics() -> Metrics:
    """Return the committed figures."""
    found: Metrics = json.loads(METRICS.read_text("utf-8"))
    return found


def with_figures(text: str, metrics: Metrics, rules: EvaluationFile) -> str:
    """Return a page with the blocks between its markers written anew; a marker that is none of ours stays as it is."""

    def written(match: re.Match[str]) -> str:
        block = _BLOCKS.get(match[2])
        return match[0] if block is None else match[1] + block(metrics, rules) + match[3]

    return _BLOCK.sub(written, text)


def _readme(metrics: Metrics, rules: EvaluationFile) -> str:
    held, tuned = metrics["groups"][_HELD], metrics["groups"][_TUNED]
    rows = [
        (_good(held["figures"][name], rules, name), _figure_row(name, held, tuned, rules))
        for name in rules.headline
    ]
    rows += [
        (each["f1"], (f"`{name}`, F1", _of_row(each), _of_row(tuned["by_fact"].get(name))))
        for name, each in _labelled(held, rules)[:_WORST]
    ]
    ordered = [row for _, row in sorted(rows, key=lambda each: (each[0], each[1]))]
    return "\n".join(
        [
            (
                f"Measured on {held['notes']} held-out and {tuned['notes']} tuned notes, all made up "
                f"([`models/corpus/`](models/corpus/DATASHEET.md)), by `{COMMAND}` with {_made_by(metrics)}. Nobody looked at what is "
                "missed in the held-out notes; rules were written while looking at the misses in the tuned ones. Made-up notes flatter "
                "rules: expect less on real ones. Worst first; in brackets 95 % intervals."
            ),
            "",
            *_table(("", "held-out", "tuned"), ordered),
            "",
            (
                f"Facts are named where they are among the {_WORST} worst of the held-out notes, of those labelled there at least "
                f"{rules.least_labels} times. "
                "All figures, what each means, and how to measure your own notes: [docs/accuracy.md](docs/accuracy.md)."
            ),
            "",
        ]
    )


def _summary(metrics: Metrics, rules: EvaluationFile) -> str:
    held, tuned = metrics["groups"][_HELD], metrics["groups"][_TUNED]
    names = sorted(
        rules.figures, key=lambda name: (_good(held["figures"][name], rules, name), name)
    )
    rows = (
        (
            *_figure_row(name, held, tuned, rules),
            _counts(held["figures"][name]),
            _counts(tuned["figures"][name]),
            rules.figures[name].meaning,
        )
        for name in names
    )
    head = ("", "held-out", "tuned", "counts, held-out", "counts, tuned", "meaning")
    return "\n".join(
        [
            f"{held['notes']} held-out and {tuned['notes']} tuned notes; {_made_by(metrics)}.",
            "",
            *_table(head, rows, text=(0, 5)),
            "",
        ]
    )


def _facts(metrics: Metrics, _: EvaluationFile) -> str:
    held, tuned = metrics["groups"][_HELD]["by_fact"], metrics["groups"][_TUNED]["by_fact"]
    rows = (
        (
            f"`{name}`",
            _of_row(held.get(name)),
            *(_share((held.get(name) or {}).get(key)) for key in ("precision", "recall")),
            str(sum((held.get(name) or {}).get(key, 0) for key in ("right", "missed"))),
            _of_row(tuned.get(name)),
            str(sum((tuned.get(name) or {}).get(key, 0) for key in ("right", "missed"))),
        )
        for name in [*held, *(each for each in tuned if each not in held)]
    )
    head = ("fact", "held-out, F1", "precision", "recall", "labelled", "tuned, F1", "labelled")
    return _block(_table(head, rows))


def _statuses(metrics: Metrics, _: EvaluationFile) -> str:
    lines: list[str] = []
    for split in (_HELD, _TUNED):
        group = metrics["groups"][split]
        rows = (
            (
                name,
                *(_share(each.get(key)) for key in ("precision", "recall", "f1")),
                str(each["right"] + each["missed"]),
            )
            for name, each in group["by_status"].items()
        )
        lines += [f"{split.capitalize()}:", ""]
        lines += [*_table(("status", "precision", "recall", "F1", "labelled"), rows), ""]
    return _block(lines[:-1])


def _checklist(metrics: Metrics, _: EvaluationFile) -> str:
    return _confusions(metrics, "checklist_confusion")


def _codes(metrics: Metrics, _: EvaluationFile) -> str:
    return _confusions(metrics, "code_confusion")


def _confusions(metrics: Metrics, key: str) -> str:
    lines: list[str] = []
    for split in (_HELD, _TUNED):
        found = metrics["groups"][split][key]
        columns = sorted({name for row in found.values() for name in row})
        rows = ((name, *(str(row.get(each, 0)) for each in columns)) for name, row in found.items())
        lines += [*_table((f"labelled, {split}", *columns), rows), ""]
    return _block(lines[:-1])


def _voices(metrics: Metrics, rules: EvaluationFile) -> str:
    shown = [name for name in rules.headline if rules.figures[name].proportion]
    rows = (
        (
            f"`{name}`",
            str(voice["notes"]),
            *(_share(voice["figures"][each]["value"]) for each in shown),
        )
        for name, voice in metrics["voices"].items()
    )
    return _block(_table(("voice", "notes", *(rules.figures[each].label for each in shown)), rows))


def _confidence(metrics: Metrics, _: EvaluationFile) -> str:
    lines: list[str] = []
    for split in (_HELD, _TUNED):
        group = metrics["groups"][split]
        bins = (
            (f"{each['low']} to {each['high']}", str(each["of"]), _share(each["confidence"]), _share(each["right"]))
            for each in group["answer_calibration"]
        )  # fmt: skip
        steps = (
            (f"{step:.2f}", _share(point["coverage"]), _share(point["accuracy"]))
            for step in _STEPS
            for point in [_at(group["coverage"], step)]
            if point is not None
        )
        lines += [
            *_table((f"confidence of the answer, {split}", "notes", "stated", "right"), bins),
            "",
        ]
        lines += [
            *_table((f"answering only at or above, {split}", "notes answered", "right"), steps),
            "",
        ]
    return _block(lines[:-1])  # fmt: skip


def _agreement(metrics: Metrics, _: EvaluationFile) -> str:
    if not metrics["agreement"]:
        return "No note has been labelled a second time yet, so that the agreement of people is unknown.\n"
    rows = (
        (
            split,
            str(each["notes"]),
            _plain(each["facts"]["f1"]),
            f"{each['codes']['same']} of {each['notes']} ({_plain(each['codes']['kappa'])})",
            f"{each['checklist']['same']} of {each['checklist']['items']} ({_plain(each['checklist']['kappa'])})",
            _plain(each["findings"]["f1"]),
        )
        for split, each in metrics["agreement"].items()
    )
    head = (
        "",
        "notes labelled twice",
        "facts, F1",
        "code or decision the same (kappa)",
        "checklist items the same (kappa)",
        "findings, F1",
    )
    return _block(_table(head, rows))


def _at(curve: Iterable[dict[str, float]], least: float) -> dict[str, float] | None:
    """Return what comes of answering only at or above a confidence: the last point that is not below it."""
    above = [each for each in curve if each["confidence"] >= least]
    return above[-1] if above else None


def _labelled(group: dict[str, Any], rules: EvaluationFile) -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, each)
        for name, each in group["by_fact"].items()
        if each["right"] + each["missed"] >= rules.least_labels
    ]


def _figure_row(
    name: str, held: dict[str, Any], tuned: dict[str, Any], rules: EvaluationFile
) -> tuple[str, str, str]:
    rule = rules.figures[name]
    cells = (_value(each["figures"][name], is_share=rule.proportion) for each in (held, tuned))
    first, second = cells
    label = rule.label if rule.better is Better.HIGH else f"{rule.label} (less is better)"
    return label, first, second


def _good(figure: dict[str, Any], rules: EvaluationFile, name: str) -> float:
    """Return how good a figure is, so that one where less is better can be put in order with the others."""
    value: float | None = figure["value"]
    if value is None:
        return 1.0
    return value if rules.figures[name].better is Better.HIGH else 1 - value


def _value(figure: dict[str, Any], *, is_share: bool) -> str:
    value, low, high = figure["value"], figure["low"], figure["high"]
    if value is None:
        return "-"
    if "part" in figure:
        value = figure["part"] / figure["of"]  # not rounded twice
    if low is None or high is None:
        return _share(value)
    if not is_share:
        return f"{value:.2f} ({low:.2f} to {high:.2f})"
    return f"{_share(value)} ({100 * low:.1f} to {100 * high:.1f})"


def _of_row(row: dict[str, Any] | None) -> str:
    return "-" if row is None else _value({**row, "value": row["f1"]}, is_share=True)


def _counts(figure: dict[str, Any]) -> str:
    return f"{figure['part']} of {figure['of']}" if "part" in figure else f"n = {figure['of']}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}%"


def _plain(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _made_by(metrics: Metrics) -> str:
    engine = metrics["engine"]
    model = engine["model"]
    learned = f", model {model['version']} ({model['hash']})" if model else ""
    return f"rules {engine['rules']['version']} ({engine['rules']['hash']}){learned}"


def _block(lines: list[str]) -> str:
    return "\n".join([*lines, ""])


def _table(
    head: tuple[str, ...], rows: Iterable[tuple[str, ...]], text: tuple[int, ...] = (0,)
) -> list[str]:
    sides = tuple("---" if at in text else "---:" for at in range(len(head)))
    return [_line(head), _line(sides), *(_line(row) for row in rows)]


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


_BLOCKS = {
    "accuracy": _readme,
    "figures": _summary,
    "facts": _facts,
    "statuses": _statuses,
    "checklist": _checklist,
    "codes": _codes,
    "voices": _voices,
    "confidence": _confidence,
    "agreement": _agreement,
}
