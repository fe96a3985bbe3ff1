"""The figures of one analysis that tables, plots and comparisons need, as plain data."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from scribe.render.summary import summarize
from scribe.types.checklist import ItemStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.types.analysis import Analysis
    from scribe.types.checklist import ChecklistItem

SHORT = (ItemStatus.MISSING.value, ItemStatus.PARTIAL.value, ItemStatus.CONTRADICTED.value)
REPORT = "report"
_FULL = 100
_SURGEON = "surgeon"
_DATE = "date"
_SPOKEN = re.compile(r"(?i)^(?:this\s+is|dictated\s+by|dictating\s+is)\s+")
_LABEL = re.compile(r"(?i)^(?:(?:primary|attending|operating|lead)\s+)?surgeons?(?:\s*:\s*|\s+)")
_TITLE = re.compile(r"(?i)^(?:pd|prof|professor|doctor|dr|med|overlege|mr|mrs|ms|miss)\b\.?\s+")
_NAME_ENDS = re.compile(r"[,;(/|\n\r\t]|\s{2,}|\band\b|(?<=\w{3})\.\s")
_DEGREE = re.compile(r"\s+(?:MD|DO|DPM|MBBS|PhD|FACS|FRCS)$")
_SHOUTED = re.compile(r"\b[^\W\d_]{3,}\b")
_NOBODY = frozenset({"self", "same", "myself", "surgeon"})
_LONGEST_NAME = 60
_FEWEST_LETTERS = 2
_MOST_TITLES = 4
_DATE_WORDS = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2} [A-Za-z]{3,9}\.?,? \d{4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)
_DATE_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")


def make_row(analysis: Analysis) -> dict[str, Any]:
    """Return the figures of one analysis.

    ``asked`` is the code in question: the suggested one, or for a query the first of the open codes. ``gap`` is what its
    documentation lacks, 0 to 100; 0 where no code is in question.
    """
    shown = summarize(analysis).assessment
    suggestion = analysis.suggestion
    items = [] if shown is None else _items(shown.code, shown.checklist)
    report = _items(REPORT, analysis.report.checklist)
    return {
        "format": analysis.note.source_format or analysis.note.format,
        "sha256": analysis.note.sha256,
        "chars": len(analysis.note.text),
        "decision": suggestion.decision.value,
        "code": suggestion.code,
        "asked": shown.code if shown else None,
        "alternatives": [each.code for each in suggestion.alternatives],
        "confidence": suggestion.confidence,
        "score": shown.score if shown else None,
        "gap": _FULL - shown.score if shown else 0,
        "report_score": analysis.report.score,
        "is_complete": bool(shown) and not any(each[3] and each[4] in SHORT for each in items),
        "is_report_complete": not any(each[3] and each[4] in SHORT for each in report),
        "items": items + report,
        "severities": dict(Counter(each.severity.value for each in analysis.findings)),
        "kinds": dict(sorted(Counter(each.kind for each in analysis.findings).items())),
        "surgeon": surgeon_of(_words(analysis, _SURGEON)),
        "date": date_of(_words(analysis, _DATE)),
    }


def _items(owner: str, checklist: Iterable[ChecklistItem]) -> list[list[Any]]:
    return [
        [owner, each.id, each.label, each.required, each.status.value, each.why]
        for each in checklist
    ]


def _words(analysis: Analysis, element: str) -> str:
    """Return the words under an element of the operative report, or nothing."""
    found = next((each for each in analysis.report.checklist if each.id == element), None)
    return found.evidence[0].text if found and found.evidence else ""


def surgeon_of(words: str) -> str | None:
    """Return the first surgeon's name, without title and degrees, as one groups by; None where there is none."""
    name = _SPOKEN.sub("", _LABEL.sub("", words.strip(" .:-*_\n\r\t")))
    for _ in range(_MOST_TITLES):
        name = _TITLE.sub("", name)
    name = _DEGREE.sub("", _NAME_ENDS.split(name, maxsplit=1)[0].strip(" .:-*_"))
    if name.isupper() or name.islower():
        name = _SHOUTED.sub(lambda each: each[0].title(), name)
    letters = sum(map(str.isalpha, name))
    is_name = letters >= _FEWEST_LETTERS and len(name) <= _LONGEST_NAME
    return name if is_name and name.lower() not in _NOBODY else None


def date_of(words: str) -> str | None:
    """Return the first date as ``YYYY-MM-DD``; a numeric date with slashes is read month first; None where there is none."""
    for match in _DATE_WORDS.finditer(words):
        plain = match[0].replace(",", "").replace(". ", " ").replace("Sept ", "Sep ")
        for form in _DATE_FORMS:
            day = _parse(plain, form)
            if day:
                return day.isoformat()
    return None


def _parse(words: str, form: str) -> date | None:
    try:
        return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
