"""Cut a note into stretches so that overlapping evidence can be shown in place."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.render.summary import percent, value_words
from scribe.types.fact import Fact, Status

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis

_SIGNS = {
    Status.PRESENT: "",
    Status.ABSENT: "-",
    Status.PLANNED: ">",
    Status.HISTORICAL: "<",
    Status.UNCERTAIN: "?",
}
_FINDING = "finding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One fact or finding that has words in the note.

    Attributes:
        label: What stands beside the words: the number of the fact with a sign for its status, or ``!`` and the number of the finding.
        kind: The status of the fact, or ``finding``; decides the pattern.
        tip: What it is, how it is asserted and which rule says so.
    """

    label: str
    kind: str
    tip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words of the note that the same marks cover.

    Attributes:
        text: The words.
        marks: What covers them; empty for plain text.
        labels: Labels of the marks that begin here.
    """

    text: str
    marks: tuple[Mark, ...]
    labels: tuple[str, ...]


def fact_label(number: int, fact: Fact) -> str:
    """Return the label of a fact: its number, and a sign where it is not simply present."""
    return f"{number}{_SIGNS[fact.status]}"


def stretches(analysis: Analysis) -> list[Stretch]:
    """Cut the note at every edge of evidence; the texts joined are the note."""
    text = analysis.note.text
    placed = _placed(analysis)
    edges = sorted({0, len(text), *(edge for start, end, _ in placed for edge in (start, end))})
    starting: dict[int, list[tuple[int, Mark]]] = {}
    for start, end, mark in placed:
        starting.setdefault(start, []).append((end, mark))
    active: list[tuple[int, Mark]] = []
    cut: list[Stretch] = []
    for start, end in itertools.pairwise(edges):
        new = starting.get(start, [])
        active = [each for each in active if each[0] > start] + new
        marks = tuple(dict.fromkeys(mark for _, mark in active))
        cut.append(
            Stretch(
                text=text[start:end],
                marks=marks,
                labels=tuple(dict.fromkeys(mark.label for _, mark in new)),
            )
        )
    return cut


def _placed(analysis: Analysis) -> list[tuple[int, int, Mark]]:
    placed = []
    for number, fact in enumerate(analysis.facts, start=1):
        tip = f"{fact.name}: {value_words(fact.value)}, {fact.status.value}, {percent(fact.confidence)}, rule {fact.rule}"
        if fact.is_doubted:
            tip += ", doubted by the second reader"
        mark = Mark(label=fact_label(number, fact), kind=fact.status.value, tip=tip)
        placed += [(each.start, each.end, mark) for each in fact.evidence]
    for number, finding in enumerate(analysis.findings, start=1):
        kind = finding.kind.replace("_", " ")
        mark = Mark(
            label=f"!{number}",
            kind=_FINDING,
            tip=f"{finding.severity.value} finding, {kind}: {finding.message}",
        )
        placed += [(each.start, each.end, mark) for each in finding.evidence]
    return placed
