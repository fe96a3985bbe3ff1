"""Hold a note against the floor of every operative report."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from scribe.rules.conditions import evaluate
from scribe.types.checklist import ChecklistItem, ItemStatus, ReportAssessment
from scribe.types.fact import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.rules.report_schema import ReportElement
    from scribe.types.mention import ParsedNote
    from scribe.types.note import Note, Section


def assess_report(parsed: ParsedNote, scope: Scope, pack: RulePack) -> ReportAssessment:
    """Judge the elements that every operative report needs.

    An element is met when its section has content, or where a note without that heading says it in its sentences; unfilled text
    of a template is no content, and neither is what the note itself declares void.

    Source: 42 CFR 482.51(b)(6), Joint Commission RC.02.01.03.
    """
    low = parsed.text.lower()
    told = _Told(
        note=parsed.note,
        text=parsed.text,
        low=low,
        sections=_by_name(parsed.sections),
        unfilled=tuple(
            re.compile(shape.pattern)
            for shape in pack.report.placeholders
            if any(piece in low for piece in shape.near)
        ),
        all_sections=parsed.sections,
    )
    items = tuple(_assess_element(each, told, scope, pack) for each in pack.report.elements)
    required = [item for item in items if item.required]
    credit = pack.settings.credit
    worth = {ItemStatus.MET: credit.met, ItemStatus.PARTIAL: credit.partial}
    share = sum(worth.get(item.status, 0.0) for item in required)
    return ReportAssessment(
        score=round(100 * share / len(required)) if required else 0, checklist=items
    )


class _Told(NamedTuple):
    """A note as its elements look at it.

    Attributes:
        note: The note, whose words are the evidence.
        text: Its text as far as it counts, of the same length.
        low: The same in small letters.
        sections: Its sections by their name.
        unfilled: The shapes of unfilled text that may stand in it.
        all_sections: Its sections in order.
    """

    note: Note
    text: str
    low: str
    sections: Mapping[str, Sequence[Section]]
    unfilled: tuple[re.Pattern[str], ...]
    all_sections: tuple[Section, ...]


def _by_name(sections: tuple[Section, ...]) -> Mapping[str, Sequence[Section]]:
    named: dict[str, list[Section]] = {}
    for section in sections:
        if section.name:
            named.setdefault(section.name, []).append(section)
    return named


def _assess_element(
    element: ReportElement, told: _Told, scope: Scope, pack: RulePack
) -> ChecklistItem:
    contents = [
        (section, span, _how_filled(told.text[slice(*span)], told.unfilled, pack))
        for section in _named(element, told)
        if (span := _trim(told.text, section))
    ]
    filled = [each for each in contents if each[2] is not ItemStatus.MISSING]
    said = () if filled else _said(element, told, scope)
    if filled:
        whole = any(how is ItemStatus.MET for _, _, how in filled)
        status, why = (ItemStatus.MET, "met") if whole else (ItemStatus.PARTIAL, "partial")
        evidence = tuple(_show(told, section, span, pack) for section, span, _ in filled)
    elif said:
        status, why, evidence = ItemStatus.MET, "met", said
    else:
        status, why, evidence = ItemStatus.MISSING, "unfilled" if contents else "missing", ()
    return ChecklistItem(
        id=element.id,
        label=element.label,
        required=element.required,
        status=status,
        why=pack.report.why[why],
        source=pack.sources[element.sources[0]].citation,
        evidence=evidence,
        rule=f"report.{element.id}",
    )


def _named(element: ReportElement, told: _Told) -> Sequence[Section]:
    """Return the sections that an element may stand in, in order."""
    found = [section for name in element.sections for section in told.sections.get(name, ())]
    if len(element.sections) > 1:
        found.sort(key=lambda section: section.start)
    return found


def _said(element: ReportElement, told: _Told, scope: Scope) -> tuple[Evidence, ...]:
    """Return the words that say an element outside a section of its own."""
    for pattern in element.said if any(piece in told.low for piece in element.near) else ():
        match = re.search(pattern, told.text)
        if match and _without(told.unfilled, match.group()) == match.group():
            start, end = match.span()
            place = next((s for s in told.all_sections if s.start <= start < s.end), None)
            return (
                Evidence(
                    start=start,
                    end=end,
                    text=told.note.text[start:end],
                    section=place.name if place else None,
                ),
            )
    return evaluate(element.when, scope).evidence if element.when else ()


def _trim(text: str, section: Section) -> tuple[int, int] | None:
    words = text[section.start : section.end]
    kept = words.strip()
    if not kept:
        return None
    start = section.start + len(words) - len(words.lstrip())
    return start, start + len(kept)


def _how_filled(words: str, unfilled: Sequence[re.Pattern[str]], pack: RulePack) -> ItemStatus:
    """Tell whether a section has content: met, partial beside unfilled text, or missing where it has nothing else."""
    rest = _without(unfilled, words)
    if rest == words:
        return ItemStatus.MET
    told = islice(filter(str.isalnum, rest), pack.report.least_chars)  # a section may be long
    is_enough = len(list(told)) == pack.report.least_chars
    return ItemStatus.PARTIAL if is_enough else ItemStatus.MISSING


def _without(unfilled: Sequence[re.Pattern[str]], words: str) -> str:
    for shape in unfilled:
        words = shape.sub("", words)
    return words


def _show(told: _Told, section: Section, span: tuple[int, int], pack: RulePack) -> Evidence:
    """Return the first words of a section, as far as nothing between them is set aside."""
    start, end = span[0], min(span[1], span[0] + pack.report.evidence_chars)
    words = told.note.text[start:end]
    same = takewhile(lambda pair: pair[0] == pair[1], zip(words, told.text[start:end], strict=True))
    if told.text[start:end] != words:
        words = "".join(letter for letter, _ in same).rstrip()
    return Evidence(start=start, end=start + len(words), text=words, section=section.name)
