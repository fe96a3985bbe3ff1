"""Facts depend on the words of a note, not on how its lines, spaces and quotes are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from scribe.pipeline import Analyzer
    from scribe.types.fact import Fact

TITLE = "PROCEDURE: Free second metatarsal flap with skin to the left distal radius."
POOL = [
    "The right foot was opened under tourniquet.",
    "A 7 x 4 cm skin paddle was drawn over the second metatarsal.",
    "The dorsalis pedis artery was dissected with the flap.",
    "The great saphenous vein was dissected with the flap.",
    "A 5.5 cm segment of the second metatarsal was cut with a saw.",
    "The pedicle was 60 mm long.",
    "The pedicle was divided.",
    "Under the operating microscope the dorsalis pedis artery was sewn end-to-side to the radial artery with 9-0 nylon.",
    "The vein was joined end-to-end to the cephalic vein with a 2.5 mm coupler.",
    "The clamps were released, and a strip test was positive.",
    "The paddle was pink with brisk capillary refill.",
    "Ischemia time was 72 minutes.",
    "The bone was held with a mini plate and two screws.",
    "The donor site was covered with a split-thickness skin graft.",
    "No skin paddle was taken.",
    "The fibula was not used.",
    "A local graft was not enough because of the scarred bed.",
    "Two years ago a free fibula flap was lost at another hospital.",
    "The flap will be watched hourly with a Doppler.",
    "Possibly the vein was small.",
    "The wound of the wrist measured 6 by 3 cm.",
    "Length of pedicle: *** cm.",
    "Closure: [ ] primary [x] skin graft",
    "Scratch that, the left foot.",
    "Dr. Sample\u2019s \u201cfirst\u201d case: 4\u00a0cm \u2013 and 1,200 mL.",
]
SPACES = ["  ", "\t", "\u00a0", " \u00a0", "\u2009"]
TYPOGRAPHY = [("'", "\u2019"), ("-", "\u2010"), ("-", "\u2011"), (" x ", " \u00d7 ")]
HARMLESS: dict[str, Callable[[str], str]] = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "spaces at the ends of lines": lambda text: text.replace("\n", "  \n"),
    "tabs at the ends of lines": lambda text: text.replace("\n", "\t\n"),
    "an empty line more at the end": lambda text: f"{text}\n\n",
    "spaces that do not break": lambda text: text.replace(" cm", "\u00a0cm"),
    "two spaces between words": lambda text: text.replace("metatarsal flap", "metatarsal  flap"),
    "a times sign": lambda text: text.replace(" x ", " \u00d7 "),
    "typographic hyphens": lambda text: text.replace("end-to-", "end\u2010to\u2010"),
    "hyphens that do not break": lambda text: text.replace("end-to-", "end\u2011to\u2011"),
}
notes = st.lists(st.sampled_from(POOL), min_size=1, max_size=14).map(
    lambda lines: "\n".join([TITLE, "DESCRIPTION OF PROCEDURE:", *lines])
)


@st.composite
def disfigured(draw: st.DrawFn) -> str:
    """Draw sentences in any order, cased, spaced, quoted and wrapped in any way."""
    lines = draw(st.lists(st.sampled_from([TITLE, *POOL]), min_size=1, max_size=14))
    text = draw(st.sampled_from(["\n", " ", "\r\n", "\n\n", "\r", "; "])).join(lines)
    text = draw(st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]))(text)
    text = text.replace(" ", draw(st.sampled_from([" ", *SPACES])))
    for old, new in draw(st.lists(st.sampled_from(TYPOGRAPHY), max_size=2)):
        text = text.replace(old, new)
    width = draw(st.integers(20, 400))
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def facts_of(analyzer: Analyzer, text: str) -> tuple[Fact, ...]:
    analysis = analyzer.analyze(text)
    return (*analysis.facts, *analysis.signals)


def told(analyzer: Analyzer, text: str) -> set[tuple[str, str, str]]:
    return {(fact.name, repr(fact.value), fact.status) for fact in facts_of(analyzer, text)}


@given(disfigured())
def test_evidence_is_the_words_of_the_note(analyzer: Analyzer, text: str) -> None:
    places = [place for fact in facts_of(analyzer, text) for place in fact.evidence]
    assert all(text[place.start : place.end] == place.text for place in places)


@given(disfigured())
def test_twice_the_same_note_gives_twice_the_same_facts(analyzer: Analyzer, text: str) -> None:
    assert facts_of(analyzer, text) == facts_of(analyzer, text)


@given(disfigured())
def test_no_fact_is_told_twice(analyzer: Analyzer, text: str) -> None:
    facts = [(fact.name, repr(fact.value), fact.status) for fact in facts_of(analyzer, text)]
    assert len(facts) == len(set(facts))


@given(disfigured())
def test_sections_stay_inside_the_note(analyzer: Analyzer, text: str) -> None:
    spans = [(each.start, each.end) for each in analyzer.analyze(text).sections]
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS.keys())
@settings(max_examples=25)
@given(text=notes)
def test_a_harmless_change_changes_no_fact(
    analyzer: Analyzer, change: Callable[[str], str], text: str
) -> None:
    assert told(analyzer, change(text)) == told(analyzer, text)
