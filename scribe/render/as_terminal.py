"""The report that a surgeon reads in a terminal: the answer, what is missing, what to ask, then the details."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from scribe.render.summary import (
    Summary,
    percent,
    snippet,
    status_words,
    summarize,
    value_words,
    visible,
)
from scribe.types.checklist import ChecklistItem, ItemStatus
from scribe.types.fact import Status
from scribe.types.finding import Finding, Severity
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis
    from scribe.types.fact import Evidence, Fact

_DECISION_STYLE = {
    Decision.SUGGEST: "bold green",
    Decision.QUERY: "bold yellow",
    Decision.NONE: "bold",
}
_ITEM_STYLE = {
    ItemStatus.MET: "green",
    ItemStatus.PARTIAL: "yellow",
    ItemStatus.MISSING: "red",
    ItemStatus.CONTRADICTED: "bold red",
    ItemStatus.NOT_APPLICABLE: "dim",
}
_LONGEST_QUOTE = 110
_SHORTEST_QUOTE = 24
_VALUE_WIDTH = 26
_ADDED = "*"  # behind the confidence of a fact that the learned reader added
_DOUBTED = "?"  # behind the confidence of one that it doubts
_FACT_COLUMNS = _VALUE_WIDTH + 23  # the value, the confidence, the gaps, and room for "(+9)"
_WHY = {
    Decision.SUGGEST: "Why this code",
    Decision.QUERY: "Why no code yet",
    Decision.NONE: "Why none of these codes",
}
_STATUS_TITLES = {
    Status.PRESENT: "done or seen",
    Status.ABSENT: "denied",
    Status.UNCERTAIN: "uncertain",
    Status.PLANNED: "only planned",
    Status.HISTORICAL: "from before",
}
_SEVERITY_STYLE = {
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}


def as_terminal(
    analysis: Analysis, *, code: str | None = None, width: int = 100, color: bool = False
) -> str:
    """Return the terminal report.

    Args:
        analysis: What to report.
        code: Show the checklist of this code, whatever is suggested.
        width: Columns of the terminal.
        color: Whether to use colour and bold; every state is also said in words.
    """
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    summary = summarize(analysis, code)
    with console.capture() as captured:
        for part in (
            *_answer(analysis, summary),
            *_gaps(summary),
            *_queries(summary),
            *_reasons(analysis),
            *_checklist(analysis, summary),
            *_facts(analysis, width),
            *_findings(summary),
            *_report_elements(analysis, summary),
            *_addendum(analysis),
            *_footer(analysis),
        ):
            console.print(part)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _title(words: str) -> list[RenderableType]:
    return ["", Rule(Text(words, style="bold"), align="left", style="dim", characters="-")]


def _bullet(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))


def _grid(*widths: int | None) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=True)
    for each in widths:
        grid.add_column(width=each, overflow="fold", ratio=None if each else 1)
    return grid


def _quote(evidence: tuple[Evidence, ...], width: int = _LONGEST_QUOTE) -> Text:
    if not evidence:
        return Text("")
    more = f"  (+{len(evidence) - 1})" if len(evidence) > 1 else ""
    return Text(f'"{snippet(evidence[0], width)}"{more}', style="italic")


def _answer(analysis: Analysis, summary: Summary) -> list[RenderableType]:
    return [
        Text(f"Note {' '.join(visible(analysis.note.id).split())}", style="dim"),
        Text(summary.headline, style=_DECISION_STYLE[analysis.suggestion.decision]),
        Text(summary.subline),
    ]


def _gaps(summary: Summary) -> list[RenderableType]:
    if not summary.gaps:
        of = f" for {summary.assessment.code}" if summary.assessment else ""
        return [*_title("Missing"), _bullet(Text(f"Nothing that is required{of} is missing."))]
    grid = _grid(12, None)
    for item in summary.gaps:
        words = Text.assemble((item.label, "bold"), "\n", item.why)
        grid.add_row(Text(status_words(item.status), style=_ITEM_STYLE[item.status]), words)
    parts = [*_title(f"Missing ({len(summary.gaps)} required)"), _bullet(grid)]
    if summary.advice:
        labels = "; ".join(item.label for item in summary.advice)
        parts.append(_bullet(Text(f"Recommended, too: {labels}", style="dim")))
    return parts


def _queries(summary: Summary) -> list[RenderableType]:
    if not summary.queries:
        return []
    grid = _grid(3, None)
    for number, query in enumerate(summary.queries, start=1):
        grid.add_row(f"{number}.", Text(visible(query)))
    return [*_title("To ask the surgeon"), _bullet(grid)]


def _reasons(analysis: Analysis) -> list[RenderableType]:
    suggestion = analysis.suggestion
    grid = _grid(1, None)
    for reason in suggestion.rationale:
        quote = Text.assemble("  ", _quote(reason.evidence)) if reason.evidence else ""
        grid.add_row("-", Text.assemble(visible(reason.text), quote))
    if suggestion.counterfactual:
        grid.add_row("-", Text(suggestion.counterfactual))
    if suggestion.disagreement:
        grid.add_row("-", Text(suggestion.disagreement.text))
    if suggestion.alternatives:
        named = ", ".join(
            f"{each.code} ({percent(each.confidence)})" for each in suggestion.alternatives
        )
        grid.add_row("-", f"Other codes: {named}")
    if suggestion.neighbours:
        others = ", ".join(suggestion.neighbours)
        grid.add_row("-", f"Outside this family, a coder may look at: {others}")
    return [*_title(_WHY[suggestion.decision]), _bullet(grid)]


def _items(items: tuple[ChecklistItem, ...]) -> Padding:
    grid = _grid(14, 34, None)
    for item in items:
        label = item.label if item.required else f"{item.label} (recommended)"
        grid.add_row(
            Text(status_words(item.status), style=_ITEM_STYLE[item.status]),
            label,
            _quote(item.evidence),
        )
    return _bullet(grid)


def _checklist(analysis: Analysis, summary: Summary) -> list[RenderableType]:
    if not summary.assessment:
        return []
    shown = summary.assessment
    why = "" if shown.code == analysis.suggestion.code else ", not suggested"
    return [
        *_title(f"Checklist of {shown.code} ({shown.support.value}{why})"),
        _items(shown.checklist),
    ]


def _facts(analysis: Analysis, width: int) -> list[RenderableType]:
    if not analysis.facts:
        nothing = Text("The note documents nothing that concerns these codes.")
        return [*_title("Facts"), _bullet(nothing)]
    parts = []
    for status, words in _STATUS_TITLES.items():
        facts = [each for each in analysis.facts if each.status is status]
        if facts:
            parts += [*_title(f"Facts: {words} ({len(facts)})"), _bullet(_fact_grid(facts, width))]
    if any(each.is_learned for each in analysis.facts):
        parts.append(
            _bullet(Text(f"{_ADDED} No rule reads these words so; the learned reader added them."))
        )
    if any(each.is_doubted for each in analysis.facts):
        parts.append(
            _bullet(Text(f"{_DOUBTED} A rule reads these words so; the learned reader doubts it."))
        )
    return parts


def _fact_grid(facts: list[Fact], width: int) -> Table:
    name_width = max(len(each.name) for each in facts)
    quote_width = max(width - name_width - _FACT_COLUMNS, _SHORTEST_QUOTE)
    grid = _grid(name_width, _VALUE_WIDTH, 5, None)
    for fact in facts:
        value = Text(visible(value_words(fact.value)))
        sure = percent(fact.confidence) + _ADDED * fact.is_learned + _DOUBTED * fact.is_doubted
        grid.add_row(fact.name, value, sure, _quote(fact.evidence, quote_width))
    return grid


def _finding_row(finding: Finding) -> tuple[Text, Text]:
    severity = Text(finding.severity.value, style=_SEVERITY_STYLE[finding.severity])
    words = Text.assemble((finding.kind.replace("_", " "), "bold"), ": ", visible(finding.message))
    if finding.evidence and not finding.query:
        words.append_text(Text.assemble("  ", _quote(finding.evidence)))
    return severity, words


def _findings(summary: Summary) -> list[RenderableType]:
    if not summary.findings:
        return []
    grid = _grid(8, None)
    for finding in summary.findings:
        grid.add_row(*_finding_row(finding))
    return [*_title(f"Findings ({len(summary.findings)})"), _bullet(grid)]


def _report_elements(analysis: Analysis, summary: Summary) -> list[RenderableType]:
    report = analysis.report
    if summary.assessment is None:
        return [*_title("What every operative report needs"), _items(report.checklist)]
    short = [
        item for item in report.checklist if item.status is not ItemStatus.MET and item.required
    ]
    words = (
        "; ".join(f"{item.label} ({status_words(item.status)})" for item in short) or "all present"
    )
    return [*_title("What every operative report needs"), _bullet(Text(words))]


def _addendum(analysis: Analysis) -> list[RenderableType]:
    if not analysis.addendum:
        return []
    title = "Draft of an addendum (blanks only, for the surgeon to fill in or strike out)"
    return [*_title(title), _bullet(Text(visible(analysis.addendum)))]


def _footer(analysis: Analysis) -> list[RenderableType]:
    engine = analysis.engine
    model = f", model {engine.model.version}" if engine.model else ""
    words = (
        f"scribe {engine.version}, rules {engine.rules.version} ({engine.rules.hash}){model}. "
        "Decision support for people; it does not replace the judgement of surgeon or coder."
    )
    return ["", Text(words, style="dim")]
