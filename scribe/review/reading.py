"""Report what is wrong with how the note came, whatever it documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scribe.types.fact import Evidence
from scribe.types.finding import Finding, Severity

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack
    from scribe.types.note import Note, Section

_LAST_WORD: Final = re.compile(r"\S{1,60}\s*\Z")
_BACK: Final = 100


def with_reading(
    findings: tuple[Finding, ...], note: Note, sections: tuple[Section, ...], pack: RulePack
) -> tuple[Finding, ...]:
    """Return the findings with one for each place where the text looks cut off, most severe first.

    Args:
        findings: What the facts gave.
        note: The note, which knows where it was cut.
        sections: Its sections.
        pack: The rule pack, which has the words.
    """
    cuts = [_cut(note, end, sections) for end in note.cut_at]
    places = tuple(each for each in cuts if each)
    if not places:
        return findings
    rule = pack.findings.truncated
    finding = Finding(
        kind=rule.kind,
        severity=rule.severity,
        message=rule.message,
        query=None,
        codes=(),
        evidence=places,
        rule=rule.kind,
    )
    order = list(Severity)
    return tuple(sorted((*findings, finding), key=lambda each: order.index(each.severity)))


def _cut(note: Note, end: int, sections: tuple[Section, ...]) -> Evidence | None:
    """Return the last word before the cut; None where there is only space."""
    first = max(0, end - _BACK)
    word = _LAST_WORD.search(note.text[first:end])
    if word is None:
        return None
    start = first + word.start()
    stop = start + len(word[0].rstrip())
    section = next((each.name for each in sections if each.start <= start < each.end), None)
    return Evidence(start=start, end=stop, text=note.text[start:stop], section=section)
