"""What every report says first: the code or the abstention, what is missing, what to ask."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.types.checklist import ChecklistItem, CodeAssessment, ItemStatus
from scribe.types.fact import Anastomosis, Dimensions, Evidence, Measure, Value
from scribe.types.finding import Finding, Severity
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis

_SHORT = (ItemStatus.CONTRADICTED, ItemStatus.MISSING, ItemStatus.PARTIAL)
_SNIPPET = 110
_STATUS_WORDS = {
    ItemStatus.MET: "met",
    ItemStatus.PARTIAL: "partial",
    ItemStatus.MISSING: "missing",
    ItemStatus.CONTRADICTED: "contradicted",
    ItemStatus.NOT_APPLICABLE: "not applicable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The parts of a report that do not depend on how it is shown.

    Attributes:
        headline: The code or the abstention in one line.
        subline: Confidence, and how fully the code is documented.
        assessment: The code whose checklist the report shows; None where no code of the family is in question.
        gaps: Required items that are contradicted, missing or partial, worst first.
        advice: Recommended items that are short.
        queries: Questions to the surgeon, each once, those of the most severe findings first.
        findings: All findings, most severe first.
    """

    headline: str
    subline: str
    assessment: CodeAssessment | None
    gaps: tuple[ChecklistItem, ...]
    advice: tuple[ChecklistItem, ...]
    queries: tuple[str, ...]
    findings: tuple[Finding, ...]


def summarize(analysis: Analysis, code: str | None = None) -> Summary:
    """Sum up an analysis.

    Args:
        analysis: What to sum up.
        code: Show the checklist of this code, whatever is suggested.
    """
    shown = _shown(analysis, code)
    items = shown.checklist if shown else analysis.report.checklist
    short = sorted(
        (each for each in items if each.status in _SHORT),
        key=lambda each: _SHORT.index(each.status),
    )
    findings = sorted(analysis.findings, key=lambda each: list(Severity).index(each.severity))
    if code:
        findings = [each for each in findings if not each.codes or code in each.codes]
    return Summary(
        headline=_headline(analysis),
        subline=_subline(analysis, shown),
        assessment=shown,
        gaps=tuple(each for each in short if each.required),
        advice=tuple(each for each in short if not each.required),
        queries=tuple(dict.fromkeys(each.query for each in findings if each.query)),
        findings=tuple(findings),
    )


def _shown(analysis: Analysis, code: str | None) -> CodeAssessment | None:
    suggestion = analysis.suggestion
    wanted = code or suggestion.code
    if wanted is None and suggestion.decision is Decision.QUERY and suggestion.alternatives:
        wanted = suggestion.alternatives[0].code
    return next((each for each in analysis.codes if each.code == wanted), None)


def _headline(analysis: Analysis) -> str:
    suggestion = analysis.suggestion
    if suggestion.decision is Decision.SUGGEST:
        title = next((each.title for each in analysis.codes if each.code == suggestion.code), "")
        return f"CPT {suggestion.code}: {title}"
    if suggestion.decision is Decision.QUERY:
        open_codes = " or ".join(each.code for each in suggestion.alternatives)
        return (
            f"No code yet: the note leaves {open_codes or 'the code'} open. Ask the surgeon first"
        )
    return "None of these codes: the note documents no free bone flap that one of them covers"


def _subline(analysis: Analysis, shown: CodeAssessment | None) -> str:
    parts = [f"confidence {percent(analysis.suggestion.confidence)}"]
    if shown:
        prefix = "" if shown.code == analysis.suggestion.code else f"{shown.code} is "
        parts.append(f"{prefix}documented to {shown.score} of 100")
    parts.append(f"operative-report elements {analysis.report.score} of 100")
    return ", ".join(parts)


def percent(share: float) -> str:
    """Return a share of 1 as a whole percentage; what is not certain is never called 0 or 100 %."""
    whole = round(share * 100)
    if whole == 100 and share < 1:
        return "over 99%"
    if whole == 0 and share > 0:
        return "under 1%"
    return f"{whole}%"


def status_words(status: ItemStatus) -> str:
    """Return the status of a checklist item in words."""
    return _STATUS_WORDS[status]


def snippet(evidence: Evidence, limit: int = _SNIPPET) -> str:
    """Return the words of the evidence in one line that is safe to show, cut in the middle when long."""
    words = " ".join(visible(evidence.text).split())
    if len(words) <= limit:
        return words
    half = (limit - 5) // 2
    return f"{words[:half].rstrip()} ... {words[-half:].lstrip()}"


def visible(text: str) -> str:
    """Return the text with control and invisible formatting characters replaced one by one, white space kept."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_unsafe(each) else each for each in text)


def _is_unsafe(character: str) -> bool:
    return character not in "\n\r\t" and unicodedata.category(character).startswith("C")


def value_words(value: Value) -> str:
    """Return the value of a fact in words, with its units."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Dimensions(length_cm=None, width_cm=None) | Measure(length_cm=None):
            return "no size given"
        case Dimensions(length_cm=length, width_cm=width):
            sides = [f"{side:g}" for side in (length, width) if side is not None]
            return f"{' x '.join(sides)} cm"
        case Measure(length_cm=length):
            return f"{length:g} cm"
        case Anastomosis():
            return _join_words(value)
        case float() | int():
            return f"{value:g}"
        case _:
            return str(value)


def _join_words(join: Anastomosis) -> str:
    ends = f"{join.donor or 'unnamed'} to {join.recipient or 'unnamed'}"
    coupler = f"{join.coupler_mm:g} mm coupler" if join.coupler_mm is not None else None
    technique = None if coupler else join.technique
    details = [each for each in (join.configuration, technique, join.suture, coupler) if each]
    return f"{join.vessel}: {ends}" + (f" ({', '.join(details)})" if details else "")
