"""What parsing asks first, for speed, changes nothing that is read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.parse import heading_keys, measures
from scribe.parse.measures import MeasureReader
from scribe.parse.sections import SectionReader
from scribe.parse.soundalikes import SoundMatcher
from scribe.parse.tokens import tokenize
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    from scribe.parse.numbers import Found
    from scribe.rules.language import Language, PlaceholderRule
    from scribe.rules.report_schema import UnfilledText

_NUMBERS = st.sampled_from(
    "a an hundred hour hr half and one twenty 5 2.5 x by cm minutes point oh - 0 , . square nylon 9".split()  # noqa: SIM905
)
_LINES = st.sampled_from(
    [
        *("Procedure", "PREOPERATIVE", "diagnosis", "diagnoses", "Findings", "and", "the", "(s)"),
        *("2nd", "surgeon's", "Patient", "1.", "x", "\u00d7", "\u0130", ":", " ", "  ", " - ", "-"),
        *("|", "\t", "\n", "\x0b", "\xa0", "\u2014", ".", "/", "&"),
    ]
)
_HEARD = st.sampled_from(
    "a nasty moses great saffron us vena committees is schema time doors alice peed skin pedal the".split()  # noqa: SIM905
    + "fib you la tib meta tarsal tar sal artery ' , pero kneel sural ulna radio radii".split()  # noqa: SIM905
)


class _Everything(frozenset[str]):
    """A set that holds whatever it is asked for: a gate that stands open."""

    def __contains__(self, _: object) -> bool:
        return True

    def isdisjoint(self, _: object) -> bool:
        return False

    def issuperset(self, _: object) -> bool:
        return True


@cache
def the_language() -> Language:
    return load_pack().language


@cache
def open_sounds() -> SoundMatcher:
    matcher = SoundMatcher(the_language())
    matcher._heads = matcher._heads_of_terms = matcher._begun = _Everything()
    return matcher


@cache
def gated_sounds() -> SoundMatcher:
    return SoundMatcher(the_language())


@given(st.lists(_HEARD, max_size=14).map(" ".join))
def test_a_mis_heard_term_is_found_with_and_without_the_gate(text: str) -> None:
    tokens = tokenize(text)
    assert gated_sounds().find(tokens, ()) == open_sounds().find(tokens, ())


@given(st.lists(_NUMBERS, max_size=12).map(" ".join))
def test_an_article_begins_the_same_measures_with_and_without_the_gate(text: str) -> None:
    def read() -> list[Found]:
        return MeasureReader(the_language().measures).find(tokenize(text))

    gated = read()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(measures, "ARTICLES", frozenset())
        assert read() == gated


@cache
def open_sections() -> SectionReader:
    reader = SectionReader(the_language().sections)
    reader._letters = _Everything()
    return reader


@cache
def gated_sections() -> SectionReader:
    return SectionReader(the_language().sections)


@given(st.lists(_LINES, max_size=14).map("".join))
def test_a_heading_is_found_with_and_without_the_gate(text: str) -> None:
    assert gated_sections().headings(text) == open_sections().headings(text)


@given(st.lists(_LINES, max_size=8).map("".join))
def test_a_line_may_hold_a_key_where_the_expression_says_so(text: str) -> None:
    assert heading_keys.may_hold_key(text) == bool(heading_keys._KEY_ENDS.search(text))


@given(st.lists(_LINES, max_size=8).map("".join))
def test_a_line_is_searched_far_enough_for_every_key(text: str) -> None:
    found = [match.span() for match in heading_keys.keys_in(text)]
    assert found == [match.span() for match in heading_keys._KEY.finditer(text)]


@pytest.mark.parametrize("rule", load_pack().language.measures.placeholders, ids=lambda r: r.id)
@given(st.data())
def test_open_text_holds_the_words_that_are_asked_first(
    rule: PlaceholderRule, data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(re.compile(rule.pattern, re.ASCII)))
    assert not rule.near or any(part in text.lower() for part in rule.near)


@pytest.mark.parametrize("shape", load_pack().report.placeholders, ids=lambda s: s.pattern)
@given(st.data())
def test_unfilled_text_holds_the_words_that_are_asked_first(
    shape: UnfilledText, data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(re.compile(shape.pattern, re.ASCII)))
    assert any(part in text.lower() for part in shape.near)
