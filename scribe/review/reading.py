"""Report what is wrong with how the note came, whatever it documents."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final

from scribe.rules.schema import ReadingFinding
from scribe.types.fact import MOST_EVIDENCE, Evidence
from scribe.types.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.rules.pack import RulePack
    from scribe.rules.schema import SetAsideFinding
    from scribe.types.mention import ParsedNote

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
    note, places = parsed.note, _Places(parsed)
    cuts = (places.cut(end) for end in note.cut_at)
    aside = (places.told(start, end) for start, end in parsed.set_aside)
    is_much = _share(parsed) >= pack.findings.set_aside.much_share
    seen = [
        finding
        for finding in (
            _finding(pack.findings.truncated, cuts),
            _finding(_of_much(pack.findings.set_aside, is_much=is_much), aside),
        )
        if finding
    ]
    if not seen:
        return findings
    order = list(Severity)
    return tuple(sorted((*findings, *seen), key=lambda each: order.index(each.severity)))


def _share(parsed: ParsedNote) -> float:
    """Return which share of a note it sets aside."""
    aside = sum(end - start for start, end in parsed.set_aside)
    return aside / max(1, len(parsed.note.text))


def _of_much(rule: SetAsideFinding, *, is_much: bool) -> ReadingFinding:
    if not is_much:
        return rule
    return ReadingFinding(kind=rule.kind, severity=rule.much_severity, message=rule.much_message)


def _finding(rule: ReadingFinding, places: Iterator[Evidence | None]) -> Finding | None:
    """Return the finding with its first places; None without any."""
    shown = tuple(islice(filter(None, places), MOST_EVIDENCE))
    if not shown:
        return None
    return Finding(
        kind=rule.kind,
        severity=rule.severity,
        message=rule.message,
        query=None,
        codes=(),
        evidence=shown,
        rule=rule.kind,
    )


class _Places:
    """Shows places of a note as evidence."""

    def __init__(self, parsed: ParsedNote) -> None:
        self._text = parsed.note.text
        self._sections = parsed.sections
        self._starts = [section.start for section in parsed.sections]

    def told(self, start: int, end: int) -> Evidence | None:
        """Return a stretch without the space around it; None where there is only space."""
        words = self._text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        return self._evidence(start, end) if start < end else None

    def cut(self, end: int) -> Evidence | None:
        """Return the last word before the cut; None where there is only space."""
        first = max(0, end - _BACK)
        word = _LAST_WORD.search(self._text[first:end])
        if word is None:
            return None
        start = first + word.start()
        return self._evidence(start, start + len(word[0].rstrip()))

    def _evidence(self, start: int, end: int) -> Evidence:
        at = bisect_right(self._starts, start) - 1
        is_inside = at >= 0 and start < self._sections[at].end
        section = self._sections[at].name if is_inside else None
        return Evidence(start=start, end=end, text=self._text[start:end], section=section)
