"""Measure what scribe reads of the labelled paragraphs: ``python -m models.paragraphs.measure`` prints the figures and writes them."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import TYPE_CHECKING, Any, Final

from models.labelled import rules_of_comparing
from models.paragraphs.read import FRAMES, HERE, TRANSFERS, UNSEEN, read_paragraphs
from models.tables import FigurePage, percent, table
from scribe.evaluate.answer import answer_of
from scribe.evaluate.counts import Hits
from scribe.evaluate.judge_facts import judge_facts
from scribe.evaluate.labels import Label, Labels
from scribe.evaluate.match import Matcher
from scribe.pipeline import Analyzer
from scribe.types.fact import Status
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.paragraphs.read import Paragraph

METRICS: Final = HERE / "metrics.json"
OF_THE_FRAME: Final = frozenset({"flap.transfer", "flap.composition"})
"""Facts that the stock note tells itself."""
HALVES: Final = ("looked at first", "looked at later")
"""Of ``traps`` and ``dictations`` nobody has looked at the second half."""
ANSWERS: Final = ("right", "wrong code", "asked", "none")


def main() -> None:
    """Measure and write."""
    analyzer = Analyzer()
    figures = {
        topic: {
            half: _shares(_measure(read_paragraphs(topic)[at::2], analyzer))
            for at, half in enumerate(HALVES)
        }
        for topic in FRAMES
    }
    codes = {
        topic: {
            half: _answered(read_paragraphs(topic)[at::2], analyzer)
            for at, half in enumerate(HALVES)
        }
        for topic in UNSEEN | TRANSFERS
    }
    metrics = {"rules": {"hash": analyzer.pack.hash}, "facts": figures, "codes": codes}
    METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
    PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def _measure(paragraphs: list[Paragraph], analyzer: Analyzer) -> Hits:
    """Count the facts whose words stand in the paragraphs."""
    matcher = Matcher(rules_of_comparing())
    whole = Hits()
    for paragraph in paragraphs:
        answer = answer_of(analyzer.analyze(paragraph.text).to_dict(), paragraph.text)
        told = tuple(
            fact
            for fact in answer.facts
            if fact.name not in OF_THE_FRAME
            and any(paragraph.start <= span.start < paragraph.end for span in fact.spans)
        )
        judged = judge_facts(
            _labels(paragraph), dataclasses.replace(answer, facts=told), paragraph.text, matcher
        )
        whole += sum(judged.facts.values(), Hits())
    return whole


def _answered(paragraphs: Sequence[Paragraph], analyzer: Analyzer) -> dict[str, int]:
    """Count the answers: right, a code that is not theirs, a question for a code or for none of them, and none for a code."""
    counts = dict.fromkeys(ANSWERS, 0)
    for paragraph in paragraphs:
        suggestion = analyzer.analyze(paragraph.text).suggestion
        given = frozenset([suggestion.code] if suggestion.code else ())
        if suggestion.decision is Decision.QUERY:
            given = frozenset(each.code for each in suggestion.alternatives)
        right, wrong, asked, missed = ANSWERS
        answer = wrong if suggestion.code else asked if given else missed
        counts[right if given == paragraph.codes else answer] += 1
    return counts


def _labels(paragraph: Paragraph) -> Labels:
    return Labels(
        code=None,
        decision=Decision.NONE,
        alternatives=(),
        facts=tuple(
            Label(name=name, value=value, status=Status(status), quote=None)
            for name, value, status in paragraph.facts
            if name not in OF_THE_FRAME
        ),
        traps=(),
        checklist={},
        findings=(),
        no_findings=(),
    )


def _shares(hits: Hits) -> dict[str, float | int | None]:
    return {
        "labelled": hits.labelled,
        "precision": hits.precision and round(hits.precision, 4),
        "recall": hits.recall and round(hits.recall, 4),
        "f1": hits.f1 and round(hits.f1, 4),
    }


def _figures(metrics: dict[str, Any]) -> str:
    rows = [
        (topic, half, each["labelled"], *(percent(each[k]) for k in ("precision", "recall", "f1")))
        for topic, halves in metrics["facts"].items()
        for half, each in halves.items()
    ]
    heads = ("topic", "half", "facts labelled", "precision", "recall", "F1")
    answers = [
        (topic, half, sum(each.values()), *(each[answer] for answer in ANSWERS))
        for topic, halves in metrics["codes"].items()
        for half, each in halves.items()
    ]
    lines = [f"Rules {metrics['rules']['hash']}.", "", *table(heads, rows), ""]
    lines += table(("topic", "half", "paragraphs", *ANSWERS), answers)
    return "\n".join(lines) + "\n"


PAGE: Final = FigurePage(HERE / "README.md", _figures)

if __name__ == "__main__":
    main()
