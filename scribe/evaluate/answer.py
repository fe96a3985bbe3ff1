"""What scribe answers for one note, as far as it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place in the note; ``is_true`` tells whether the words said to stand there do."""

    start: int
    end: int
    is_true: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One reported fact."""

    name: str
    value: Any
    status: Status
    confidence: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One reported item of a checklist: its status and where the note says so."""

    status: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One reported finding."""

    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that labels may judge.

    Attributes:
        code: The suggested code, or None.
        decision: ``suggest``, ``query`` or ``none``.
        confidence: Of code and decision, 0 to 1.
        facts: In the order of the analysis.
        checklists: Items by their id, by code.
        findings: In the order of the analysis.
    """

    code: str | None
    decision: str
    confidence: float
    facts: tuple[Reported, ...]
    checklists: Mapping[str, Mapping[str, Item]]
    findings: tuple[Alarm, ...]

    @property
    def short(self) -> str:
        """The code, or the decision where there is none."""
        return self.code or self.decision


def answer_of(analysis: Mapping[str, Any], text: str) -> Answer:
    """Take from an analysis what is judged.

    Args:
        analysis: The object of ``docs/contract.md``.
        text: The note, to check that evidence stands where it is said to.
    """
    suggestion = analysis["suggestion"]
    return Answer(
        code=suggestion["code"] or None,
        decision=suggestion["decision"],
        confidence=suggestion["confidence"],
        facts=tuple(
            Reported(
                name=fact["name"],
                value=fact["value"],
                status=Status(fact["status"]),
                confidence=fact["confidence"],
                spans=_spans(fact["evidence"], text),
            )
            for fact in analysis["facts"]
        ),
        checklists={
            code["code"]: {
                item["id"]: Item(status=item["status"], spans=_spans(item["evidence"], text))
                for item in code["checklist"]
            }
            for code in analysis["codes"]
        },
        findings=tuple(
            Alarm(kind=finding["kind"], spans=_spans(finding["evidence"], text))
            for finding in analysis["findings"]
        ),
    )


def first_of(spans: Sequence[Span]) -> Span | None:
    """Return the first place; None where there is none."""
    return next(iter(spans), None)


def _spans(evidence: list[dict[str, Any]], text: str) -> tuple[Span, ...]:
    return tuple(
        Span(
            start=each["start"],
            end=each["end"],
            is_true=text[each["start"] : each["end"]] == each["text"],
        )
        for each in evidence
    )
