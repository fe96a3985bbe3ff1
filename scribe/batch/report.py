"""The report of an audit as one HTML page that stands alone: no script, nothing loaded, plots inside."""

from __future__ import annotations

import logging
import warnings
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from scribe.batch.outputs import SEVERITIES
from scribe.batch.plots import bars, histogram, intervals, stacked
from scribe.batch.row import REPORT
from scribe.batch.statistics import LEAST_NOTES
from scribe.batch.summary import shown_groups
from scribe.render.pages import page_templates, style_sheet
from scribe.render.summary import visible

if TYPE_CHECKING:
    from jinja2 import Template

    from scribe.batch.summary import GroupSum, ItemSum, Summary
    from scribe.rules.pack import RulePack

_MOST_BARS = 15
_FIRST_TASKS = 25
_MOST_GROUPS = 40
_LONGEST_LABEL = 44
_DECISIONS = (
    ("suggest", "a code is supported"),
    ("query", "ask the surgeon"),
    ("none", "none of these codes"),
)


def audit_page(summary: Summary, pack: RulePack, version: str) -> str:
    """Return the page.

    Args:
        summary: The sums of the audit.
        pack: The rules that were used.
        version: Of scribe.
    """
    surgeons, months = shown_groups(summary.surgeons), shown_groups(summary.months)
    return _template().render(
        sums=summary,
        style=Markup(style_sheet("audit.css")),  # noqa: S704 - our own style sheet, not input
        plots=_plots(summary, surgeons, months),
        missed_items=summary.most_missed(),
        missed_elements=summary.most_missed(REPORT),
        kinds=sorted(
            summary.kinds.items(), key=lambda each: (-summary.notes_with_kind[each[0]], each[0])
        ),
        severities=SEVERITIES,
        surgeons=surgeons,
        hidden_surgeons=_hidden(summary.surgeons, surgeons, "surgeon"),
        months=months,
        hidden_months=_hidden(summary.months, months, "month"),
        least=LEAST_NOTES,
        first=_FIRST_TASKS,
        version=version,
        rules=f"{pack.version} ({pack.hash})",
    )


def _hidden(groups: dict[str, GroupSum], shown: list[tuple[str, GroupSum]], what: str) -> str:
    count = len(groups) - len(shown)
    return f"{count} {what}{'' if count == 1 else 's'}" if count else ""


def _plots(
    summary: Summary, surgeons: list[tuple[str, GroupSum]], months: list[tuple[str, GroupSum]]
) -> dict[str, Markup]:
    """Return the plots by name; one without figures is empty."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    missed, elements = summary.most_missed(), summary.most_missed(REPORT)
    codes = sorted(summary.codes.items(), key=lambda each: (-each[1], each[0]))
    by_kind = sorted(summary.notes_with_kind.items(), key=lambda each: (-each[1], each[0]))
    kinds = [(name.replace("_", " "), count) for name, count in by_kind]
    decisions = [(label, summary.decisions[name]) for name, label in _DECISIONS]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks
        drawn = {
            "decisions": bars("decisions", "Decisions", decisions),
            "codes": bars("codes", "Supported codes", codes),
            "scores": histogram("scores", summary.scores, "score of the code in question"),
            "report_scores": histogram(
                "floor", summary.report_scores, "score of the report elements"
            ),
            "missed": _missed("missed", missed),
            "missed_report": _missed("missed-report", elements),
            "kinds": bars("kinds", "Findings by kind", kinds),
            "surgeons": _intervals("surgeon", surgeons),
            "months": _intervals("month", months),
        }
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 - drawn here, words escaped by matplotlib


def _missed(name: str, items: list[ItemSum]) -> str:
    values = [
        (
            _short(each.label),
            (each.statuses["missing"], each.statuses["partial"], each.statuses["contradicted"]),
        )
        for each in items[:_MOST_BARS]
    ]
    return stacked(name, "Most-missed items", values)


def _intervals(name: str, groups: list[tuple[str, GroupSum]]) -> str:
    """Draw the share of complete notes; of the codes where there are enough, else of the report."""
    by_code = [(_short(label), share) for label, group in groups if (share := group.share_complete)]
    by_report = [(_short(label), share) for label, group in groups if (share := group.share_report)]
    values = (by_code or by_report)[:_MOST_GROUPS]
    what = (
        "nothing required missing for the code" if by_code else "operative-report elements complete"
    )
    return intervals(name, f"By {name}: {what}", values) if values else ""


def _short(label: str) -> str:
    words = visible(label)
    return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 3]}..."


@cache
def _template() -> Template:
    return page_templates().get_template("audit.html")
