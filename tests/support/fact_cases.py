"""Facts written shortly in the YAML of test cases.

``{fact: donor.site, value: metatarsal, in: description, status: present, at: 400, qualifiers: [hedged]}``; names that
start with ``signal.`` are signals. Without ``at`` a fact stands 200 code points after the one before it, so that nothing
overlaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.rules.yaml_loader import load_yaml
from scribe.types.fact import Anastomosis, Dimensions, Evidence, Fact, Measure, Status, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_WORDS = "words"
_STEP = 200
_TWO_SIDED = frozenset({"length_cm", "width_cm"})


def build_facts(rows: Iterable[Mapping[str, Any]]) -> tuple[Fact, ...]:
    """Build facts from the rows of a case."""
    return tuple(_build_fact(row, index * _STEP) for index, row in enumerate(rows))


def change_facts(
    complete: list[dict[str, Any]], case: Mapping[str, Any]
) -> tuple[dict[str, Any], ...]:
    """Return the complete rows without those that a case drops and with those that it adds."""
    dropped = set(case.get("drop", ()))
    kept = [row for row in complete if row["fact"] not in dropped]
    return (*kept, *case.get("add", ()))


def load_cases(folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the stem, the name and the content of every case of a folder."""
    return [
        (path.stem, name, case)
        for path in sorted(folder.glob("*.yaml"))
        for name, case in _cases_of(load_yaml(path)).items()
    ]


def _cases_of(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    if "complete" not in content:
        return content
    complete = content["complete"]
    return {name: {**case, "complete": complete} for name, case in content["cases"].items()}


def _build_fact(row: Mapping[str, Any], start: int) -> Fact:
    start = row.get("at", start)
    evidence = Evidence(
        start=start, end=start + len(_WORDS), text=_WORDS, section=row.get("in", "description")
    )
    return Fact(
        name=row["fact"],
        value=_value(row.get("value", True)),
        status=Status(row.get("status", "present")),
        confidence=0.9,
        evidence=(evidence,),
        rule="case",
        qualifiers=tuple(row.get("qualifiers", ())),
        signal=row["fact"].startswith("signal."),
    )


def _value(raw: Any) -> Value:
    if not isinstance(raw, dict):
        return raw  # type: ignore[no-any-return]
    if "vessel" in raw:
        return Anastomosis(**raw)
    return Dimensions(**raw) if set(raw) == _TWO_SIDED else Measure(**raw)
