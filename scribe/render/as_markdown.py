"""A short Markdown report, to paste into a message or a ticket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scribe.render.summary import snippet, status_words, summarize, visible
from scribe.types.finding import SET_ASIDE

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis
    from scribe.types.checklist import ChecklistItem
    from scribe.types.finding import Finding

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(analysis: Analysis, *, code: str | None = None) -> str:
    """Return the Markdown report.

    Args:
        analysis: What to report.
        code: Show the checklist of this code, whatever is suggested.
    """
    summary = summarize(analysis, code)
    lines = [
        f"# Note {escape(analysis.note.id)}",
        "",
        f"**{escape(summary.headline)}**",
        "",
        escape(summary.subline),
    ]
    if analysis.suggestion.disagreement:
        lines += ["", escape(analysis.suggestion.disagreement.text)]
    lines += _section(
        "Missing",
        [
            f"**{escape(item.label)}** ({status_words(item.status)}): {escape(item.why)}"
            for item in summary.gaps
        ],
    )
    lines += _section("To ask the surgeon", [escape(each) for each in summary.queries])
    lines += _section(
        "Other findings",
        [
            f"{each.severity.value}: {escape(each.message)}{_quoted(each)}"
            for each in summary.findings
            if not each.query
        ],
    )
    if summary.assessment:
        lines += [
            "",
            f"## Checklist of {summary.assessment.code}",
            "",
            "| item | status | words of the note |",
            "| --- | --- | --- |",
        ]
        lines += [_row(item) for item in summary.assessment.checklist]
    engine = analysis.engine
    model = f", model {engine.model.version} ({engine.model.hash})" if engine.model else ""
    rules = f"rules {engine.rules.version} ({engine.rules.hash})"
    lines += ["", f"scribe {engine.version}, {rules}{model}"]
    return "\n".join(lines) + "\n"


def _section(title: str, entries: list[str]) -> list[str]:
    return ["", f"## {title}", "", *(f"- {each}" for each in entries)] if entries else []


def _quoted(finding: Finding) -> str:
    """Return the words behind a finding, but for those that the note itself takes back: a message carries them no further."""
    if finding.kind == SET_ASIDE or not finding.evidence:
        return ""
    return f' "{escape(snippet(finding.evidence[0]))}"'


def _row(item: ChecklistItem) -> str:
    words = f'"{snippet(item.evidence[0])}"' if item.evidence else ""
    return f"| {escape(item.label)} | {status_words(item.status)} | {escape(words)} |"


def escape(text: str) -> str:
    """Return the text in one line, with every mark that Markdown or HTML would act on escaped."""
    return _MARKS.sub(r"\\\1", " ".join(visible(text).split()))
