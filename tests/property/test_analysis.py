"""What holds for every note, whole or mutilated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scribe.render.as_html import as_html
from scribe.render.as_json import as_json
from scribe.render.as_markdown import as_markdown
from scribe.render.as_terminal import as_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.pipeline import Analyzer

SAMPLES = sorted((Path(__file__).resolve().parent.parent.parent / "sample_notes").glob("*_*"))
TEXTS = [path.read_text("utf-8") for path in SAMPLES]
NOISE = ["", "***", "[ ]", "\r\n\r\n", "\t", "é×½", "\U0001f9b4", " no ", " period ", "-", "\x0c"]


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """Draw a sample note with a stretch cut out, noise put in, and lines torn apart."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    kept = text[:start] + draw(st.sampled_from(NOISE)) + text[end:]
    old, new = draw(st.sampled_from([("\n", "\r\n"), (" ", "  "), ("a", "A"), (". ", ".")]))
    return kept.replace(old, new) if draw(st.booleans()) else kept


def places(part: Any) -> Iterator[dict[str, Any]]:
    """Walk through plain data and give every Evidence in it."""
    if isinstance(part, dict):
        if {"start", "end", "text"} <= part.keys():
            yield part
        for each in part.values():
            yield from places(each)
    elif isinstance(part, list):
        for each in part:
            yield from places(each)


@given(mutilated().filter(str.strip))
def test_every_evidence_is_where_it_says(analyzer: Analyzer, text: str) -> None:
    for place in places(analyzer.analyze(text).to_dict()):
        assert text[place["start"] : place["end"]] == place["text"]


@given(mutilated().filter(str.strip))
def test_probabilities_are_shares_of_one(analyzer: Analyzer, text: str) -> None:
    shares = [each.probability for each in analyzer.analyze(text).codes]
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1 + 1e-3


@given(mutilated().filter(str.strip))
def test_a_code_is_suggested_exactly_when_the_decision_says_so(
    analyzer: Analyzer, text: str
) -> None:
    suggestion = analyzer.analyze(text).suggestion
    assert (suggestion.code is not None) == (suggestion.decision.value == "suggest")


@given(mutilated().filter(str.strip))
def test_two_runs_give_the_same_bytes(analyzer: Analyzer, text: str) -> None:
    assert as_json(analyzer.analyze(text)) == as_json(analyzer.analyze(text))


@settings(max_examples=20)
@given(mutilated().filter(str.strip))
def test_every_report_can_be_written(analyzer: Analyzer, text: str) -> None:
    analysis = analyzer.analyze(text)
    assert json.loads(as_json(analysis, indent=None)) == analysis.to_dict()
    for write in (as_terminal, as_html, as_markdown):
        assert write(analysis).endswith("\n")
