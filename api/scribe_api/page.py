"""What the page shows of an analysis: the note cut into pieces, the checklist, the code, what to do."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scribe.pipeline import AnalyzedNote
from scribe.render.highlight import Mark, Stretch, stretches
from scribe.render.summary import Summary, summarize
from scribe.types.checklist import ItemStatus
from scribe.types.finding import Finding
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.rules.pack import RulePack
    from scribe.types.checklist import ChecklistItem
    from scribe.types.fact import Evidence

_SHORT: Final = frozenset({ItemStatus.MISSING, ItemStatus.PARTIAL, ItemStatus.CONTRADICTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of the note that the same marks cover, and that something may lead to.

    Attributes:
        start: Offset of the first code point.
        text: The words.
        marks: What covers them; empty for plain text.
        labels: Labels of the marks that begin here.
        is_place: Whether a checklist item or a reason leads here.
    """

    start: int
    text: str
    marks: tuple[Mark, ...]
    labels: tuple[str, ...]
    is_place: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One analysis as the page shows it.

    Attributes:
        analysis: What is shown.
        summary: What every report says first.
        code: The code that the reader chose; None for the suggested or first open one.
        pieces: The note; the texts joined are its text.
        findings: Findings that are no billing notes, most severe first.
        billing: Findings that a billing rule made.
        short: How many items that every operative report needs are short, and how many that are recommended.
    """

    analysis: AnalyzedNote
    summary: Summary
    code: str | None
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    billing: tuple[Finding, ...]
    short: tuple[int, int]

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """Main items of the checklist that is shown."""
        return tuple(each for each in self._checklist if "." not in each.id)

    @property
    def finer(self) -> tuple[ChecklistItem, ...]:
        """Finer points of the checklist that is shown."""
        return tuple(each for each in self._checklist if "." in each.id)

    @property
    def _checklist(self) -> tuple[ChecklistItem, ...]:
        return self.summary.assessment.checklist if self.summary.assessment else ()

    @property
    def badge(self) -> str:
        """What the decision is, in a word or two."""
        return {
            Decision.SUGGEST: "suggested",
            Decision.QUERY: "ask first",
            Decision.NONE: "none of these codes",
        }[self.analysis.suggestion.decision]

    @property
    def spoken(self) -> str:
        """What a screen reader says when the analysis has changed."""
        missing = len(self.summary.gaps)
        return f"{self.summary.headline}. {missing} required {'item' if missing == 1 else 'items'} short."


def build_page(analysis: AnalyzedNote, code: str | None, pack: RulePack) -> Page:
    """Arrange an analysis for the page.

    Args:
        analysis: What to show.
        code: Show the checklist of this code, whatever is suggested.
        pack: The rules that made it.
    """
    summary = summarize(analysis, code)
    of_billing = {rule.id for rule in pack.finding_rules()} - {
        rule.id for rule in pack.findings.rules
    }
    return Page(
        analysis=analysis,
        summary=summary,
        code=code,
        pieces=tuple(_pieces(analysis, summary)),
        findings=tuple(each for each in summary.findings if each.rule not in of_billing),
        billing=tuple(each for each in summary.findings if each.rule in of_billing),
        short=_short(analysis.report.checklist),
    )


def _short(items: tuple[ChecklistItem, ...]) -> tuple[int, int]:
    short = [each.required for each in items if each.status in _SHORT]
    return short.count(True), short.count(False)


def _pieces(analysis: AnalyzedNote, summary: Summary) -> Iterator[Piece]:
    """Cut the stretches of the note further wherever something that the page shows leads to."""
    places = list(_places(analysis, summary))
    starts = {each.start for each in places}
    edges = sorted(starts | {each.end for each in places})
    start = 0
    for stretch in stretches(analysis):
        yield from _cut(stretch, start, edges, starts)
        start += len(stretch.text)


def _cut(stretch: Stretch, start: int, edges: list[int], starts: set[int]) -> Iterator[Piece]:
    end = start + len(stretch.text)
    inner = [each for each in edges if start < each < end]
    for left, right in itertools.pairwise([start, *inner, end]):
        yield Piece(
            start=left,
            text=stretch.text[left - start : right - start],
            marks=stretch.marks,
            labels=stretch.labels if left == start else (),
            is_place=left in starts,
        )


def _places(analysis: AnalyzedNote, summary: Summary) -> Iterator[Evidence]:
    items: tuple[ChecklistItem, ...] = analysis.report.checklist
    if summary.assessment:
        items += summary.assessment.checklist
    for item in items:
        yield from item.evidence
    for reason in analysis.suggestion.rationale:
        yield from reason.evidence
    for finding in summary.findings:
        yield from finding.evidence
