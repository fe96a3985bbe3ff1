"""Report what is wrong with how the note came, whatever it documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scribe.types.fact import Evidence
from scribe.types.finding import Finding, Severity

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack
    from scribe.rules.schema import ReadingFinding
    from scribe.types.mention import ParsedNote
    from scribe.types.note import Note, Section

_LAST_WORD: Final = re.compile(r"\S{1,60}\s*\Z")
_BACK: Final = 100


def with_reading(
    findings: tuple[Finding, ...], parsed: ParsedNote, pack: RulePack
) -> tuple[Finding, ...]:
    """Return the findings with one of where the text looks cut off, and one of what the note itself sets aside, most severe first.

    Args:
        findings: What the facts gave.
        parsed: The note, which knows where it was cut, and what it sets aside.
        pack: The rule pack, which has the words.
    """
    note, sections = parsed.note, parsed.sections
    cuts = [_cut(note, end, sections) for end in note.cut_at]
    aside = [_told(note, start, end, sections) for start, end in parsed.set_aside]
    seen = [
        _finding(rule, tuple(each for each in places if each))
        for rule, places in ((pack.findings.truncated, cuts), (pack.findings.set_aside, aside))
        if any(places)
    ]
    if not seen:
        return findings
    order = list(Severity)
    return tuple(sorted((*findings, *seen), key=lambda each: order.index(each.severity)))


def _finding(rule: ReadingFinding, places: tuple[Evidence, ...]) -> Finding:
    return Finding(
        kind=rule.kind,
        severity=rule.severity,
        message=rule.message,
        query=None,
        codes=(),
        evidence=places,
        rule=rule.kind,
    )


def _told(note: Note, start: int, end: int, sections: tuple[Section, ...]) -> Evidence | None:
    """Return a stretch without the space around it; None where there is only space."""
    words = note.text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return _evidence(note, start, end, sections) if start < end else None


def _cut(note: Note, end: int, sections: tuple[Section, ...]) -> Evidence | None:
    """Return the last word before the cut; None where there is only space."""
    first = max(0, end - _BACK)
    word = _LAST_WORD.search(note.text[first:end])
    if word is None:
        return None
    start = first + word.start()
    stop = start + len(word[0].rstrip())
    return _evidence(note, start, stop, sections)


def _evidence(note: Note, start: int, end: int, sections: tuple[Section, ...]) -> Evidence:
    section = next((each.name for each in sections if each.start <= start < each.end), None)
    return Evidence(start=start, end=end, text=note.text[start:end], section=section)
