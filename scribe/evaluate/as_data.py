"""An evaluation as plain data and as JSON: the same notes, rules and version give the same bytes, so times are left out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from scribe.evaluate.labels import JUDGED
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scribe.evaluate.agree import Agreement
    from scribe.evaluate.calibration import Bin
    from scribe.evaluate.evaluation import Evaluation
    from scribe.evaluate.figures import Figure, Group, Row
    from scribe.evaluate.labels import Split
    from scribe.evaluate.misses import Listed

SCHEMA = "scribe.evaluation/1"
AGREEMENT_SCHEMA = "scribe.labels-agreement/1"
INTERVALS = (
    "95 %: Wilson for shares of notes; for what is counted inside notes a bootstrap over whole notes "
    "with a fixed seed, or Wilson where nothing varies"
)
_DIGITS = 4


def evaluation_as_data(evaluation: Evaluation, misses: Iterable[Listed] | None) -> dict[str, Any]:
    """Return everything but times.

    Args:
        evaluation: What was measured.
        misses: Those to list; None leaves the list out.
    """
    engine = evaluation.engine
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "engine": asdict(engine) if engine else None,
        "intervals": INTERVALS,
        "groups": {split.value: _group(each) for split, each in evaluation.groups.items()},
        "voices": {
            name: {
                "split": voice.split.value,
                "notes": voice.notes,
                "figures": _figures(voice.figures),
            }
            for name, voice in evaluation.voices.items()
        },
        "agreement": {
            split.value: agreement_figures(each) for split, each in evaluation.agreement.items()
        },
    }
    if misses is not None:
        data["misses"] = [each.to_dict() for each in misses]
    return data


def agreement_as_data(
    found: Mapping[Split, Agreement], differences: Iterable[Listed]
) -> dict[str, Any]:
    """Return how far two labellings agree, and where they differ."""
    return {
        "schema": AGREEMENT_SCHEMA,
        "agreement": {split.value: agreement_figures(each) for split, each in found.items()},
        "differences": [each.to_dict() for each in differences],
    }


def agreement_figures(agreement: Agreement) -> dict[str, Any]:
    """Return the figures of two labellings, without the list of differences."""
    facts, findings = agreement.facts, agreement.findings
    return {
        "notes": agreement.notes,
        "facts": {"f1": rounded(facts.f1), **_hits(facts)},
        "codes": {"same": agreement.codes_same, "kappa": rounded(agreement.code_kappa)},
        "checklist": {
            "items": agreement.items,
            "same": agreement.items_same,
            "kappa": rounded(agreement.item_kappa),
        },
        "findings": {"f1": rounded(findings.f1), **_hits(findings)},
    }


def as_json(data: Mapping[str, Any]) -> str:
    """Write plain data as JSON in which what holds no further lists or objects stands on one line, for readable diffs."""
    return _written(data, "") + "\n"


def rounded(value: float | None) -> float | None:
    """Round to four digits."""
    return None if value is None else round(value, _DIGITS)


def _group(group: Group) -> dict[str, Any]:
    return {
        "notes": group.notes,
        "figures": _figures(group.figures),
        "by_fact": {name: _row(row) for name, row in group.facts.items()},
        "by_status": {
            name: _row(row) if Status(name) in JUDGED else _recall(row)
            for name, row in group.statuses.items()
        },
        "by_code": {name: _row(row) for name, row in group.answers.items()},
        "status_confusion": _confusion(group.statuses_confused),
        "checklist_confusion": _confusion(group.items_confused),
        "code_confusion": _confusion(group.answers_confused),
        "answer_calibration": [_bin(each) for each in group.answer_bins],
        "fact_calibration": [_bin(each) for each in group.fact_bins],
        "coverage": [
            {name: rounded(value) for name, value in asdict(each).items()} for each in group.curve
        ],
    }


def _figures(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {name: _figure(each) for name, each in figures.items()}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": rounded(figure.value),
        **_ends(figure),
        **({} if figure.part is None else {"part": figure.part}),
        "of": figure.of,
    }


def _ends(figure: Figure) -> dict[str, Any]:
    low, high = figure.interval or (None, None)
    return {"low": rounded(low), "high": rounded(high)}


def _row(row: Row) -> dict[str, Any]:
    return {
        "precision": rounded(row.precision.value),
        "recall": rounded(row.recall.value),
        "f1": rounded(row.f1.value),
        **_ends(row.f1),
        **_hits(row.hits),
    }


def _recall(row: Row) -> dict[str, Any]:
    return {
        "recall": rounded(row.recall.value),
        **_ends(row.recall),
        "right": row.hits.right,
        "missed": row.hits.missed,
    }


def _hits(hits: Any) -> dict[str, int]:
    return {"right": hits.right, "surplus": hits.surplus, "missed": hits.missed}


def _confusion(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for (labelled, reported), count in counts.items():
        nested.setdefault(labelled, {})[reported] = count
    return nested


def _bin(each: Bin) -> dict[str, Any]:
    return {name: rounded(value) for name, value in asdict(each).items()}


def _written(value: Any, indent: str) -> str:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if not any(isinstance(each, dict | list) for each in inner):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    deeper = indent + " "
    if isinstance(value, dict):
        lines = [
            f"{deeper}{json.dumps(key, ensure_ascii=False)}: {_written(each, deeper)}"
            for key, each in value.items()
        ]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    return (
        "[\n" + ",\n".join(f"{deeper}{_written(each, deeper)}" for each in value) + f"\n{indent}]"
    )
