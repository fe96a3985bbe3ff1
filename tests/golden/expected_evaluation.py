"""One small evaluation in every format, from fixed answers, so that rules may change without it; plots are left out."""

from __future__ import annotations

import re
from functools import cache

from scribe.evaluate.as_data import as_json, evaluation_as_data
from scribe.evaluate.as_html import as_html
from scribe.evaluate.as_terminal import PARTS, as_terminal
from scribe.evaluate.misses import list_misses
from scribe.rules.pack import load_evaluation
from tests.golden.expected import HERE
from tests.support.labelled import small_evaluation

EVALUATION = HERE / "evaluation"
_PLOT = re.compile(r"<svg .*?</svg>", re.DOTALL)


@cache
def written_evaluation() -> dict[str, str]:
    """Return the text of every format by its file name."""
    evaluation, rules = small_evaluation(), load_evaluation()
    misses = list_misses(evaluation.outcomes, with_held_out=False, with_quotes=False)
    return {
        "evaluation.txt": as_terminal(evaluation, rules, PARTS, misses),
        "evaluation.json": as_json(evaluation_as_data(evaluation, misses.listed)),
        "evaluation.html": _PLOT.sub("<svg/>", as_html(evaluation, rules, misses)),
    }
