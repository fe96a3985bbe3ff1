"""What a note tells in passing of somebody or something else is marked, as far as its rule says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scribe.errors import RulePackError
from scribe.extract.asides import Asides
from scribe.rules.aside_schema import AsideRule, AsidesFile
from tests.support.parsed import make_note

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer
    from scribe.rules.language import Language
    from scribe.types.mention import Sentence

TEXT = "OPERATION: Free metatarsal flap, left foot.\n\nDESCRIPTION: The bone was long, as in Oslo, and the skin was thin."


def language_with(analyzer: Analyzer, *rules: AsideRule, longest: int = 40) -> Language:
    asides = AsidesFile(longest=longest, rules=rules)
    return replace(analyzer.pack.language, asides=asides)


def marked(analyzer: Analyzer, rule: AsideRule, longest: int = 40) -> Sentence:
    """Return the last sentence of the note, marked by one rule."""
    asides = Asides(language_with(analyzer, rule, longest=longest))
    return asides.mark(analyzer.parser.parse(make_note(TEXT))).sentences[-1]


def test_a_sentence_that_is_an_aside_has_a_frame_of_its_own(analyzer: Analyzer) -> None:
    assert marked(analyzer, AsideRule(id="x", pattern="in oslo")).frame == "aside"


def test_one_of_an_earlier_operation_is_history(analyzer: Analyzer) -> None:
    rule = AsideRule(id="x", pattern="in oslo", category="HISTORICAL")
    assert marked(analyzer, rule).frame == "history"


@pytest.mark.parametrize(
    ("reach", "governed"),
    [("behind", "in Oslo, and the skin was thin."), ("before", "The bone was long, as in Oslo")],
)
def test_a_part_of_a_sentence_lies_under_a_cue(
    analyzer: Analyzer, reach: str, governed: str
) -> None:
    rule = AsideRule(id="x", pattern="in oslo", reach=reach)
    cue = marked(analyzer, rule).cues[-1]
    assert TEXT[cue.scope_start : cue.scope_end] == governed


def test_a_sentence_with_a_word_of_unless_is_no_aside(analyzer: Analyzer) -> None:
    rule = AsideRule(id="x", pattern="in oslo", unless=("thin",))
    assert marked(analyzer, rule).frame == "today"


def test_a_sentence_longer_than_sentences_are_is_no_aside(analyzer: Analyzer) -> None:
    assert marked(analyzer, AsideRule(id="x", pattern="in oslo"), longest=5).frame == "today"


def test_a_pattern_that_does_not_compile_names_its_rule(analyzer: Analyzer) -> None:
    asides = Asides(language_with(analyzer, AsideRule(id="aside.x", pattern="( in oslo")))
    with pytest.raises(RulePackError, match=r"aside\.x"):
        asides.compile()
