"""An evaluation as one HTML page that stands alone: no script, nothing loaded, plots inside."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

from markupsafe import Markup

from scribe.evaluate.as_data import INTERVALS
from scribe.evaluate.as_terminal import SLOWEST
from scribe.evaluate.labels import JUDGED, Split
from scribe.evaluate.plots import coverage, reliability
from scribe.evaluate.words import counts, number, percent, with_interval
from scribe.render.pages import page_templates, style_sheet

if TYPE_CHECKING:
    from scribe.evaluate.evaluation import Evaluation
    from scribe.evaluate.misses import Misses
    from scribe.rules.evaluation_schema import EvaluationFile


def as_html(evaluation: Evaluation, rules: EvaluationFile, misses: Misses | None) -> str:
    """Return the page.

    Args:
        evaluation: What was measured.
        rules: Labels and meanings of the figures.
        misses: Those to list; None lists none.
    """
    templates = page_templates()
    templates.filters.update(
        percent=percent, number=number, with_interval=with_interval, counts=counts
    )
    return templates.get_template("evaluation.html").render(
        evaluation=evaluation,
        rules=rules,
        misses=misses,
        judged=[each.value for each in JUDGED],
        plots={split.value: _plots(split, evaluation) for split in evaluation.groups},
        slowest=sorted(evaluation.outcomes, key=lambda each: -each.seconds)[:SLOWEST],
        intervals=INTERVALS,
        style=Markup(style_sheet("audit.css")),  # noqa: S704 - our own style sheet, not input
    )


def _plots(split: Split, evaluation: Evaluation) -> dict[str, Markup]:
    """Return the plots of a group by name."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    group, name = evaluation.groups[split], split.value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks
        drawn = {
            "answers": reliability(
                f"answers-{name}", f"Confidence of the answer, {name}", group.answer_bins
            ),
            "facts": reliability(f"facts-{name}", f"Confidence of facts, {name}", group.fact_bins),
            "coverage": coverage(f"coverage-{name}", f"Coverage and accuracy, {name}", group.curve),
        }
    return {key: Markup(each) for key, each in drawn.items()}  # noqa: S704 - drawn here, words escaped by matplotlib
