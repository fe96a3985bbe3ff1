"""The learned judge of skin: what it reads, what it says, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.errors import ModelError
from scribe.resources import model_folder
from scribe.rules.pack import load_pack
from scribe.suggest.skin_judge import (
    SkinJudge,
    load_skin_judge,
    merged,
    sentences_of,
)
from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser
    from scribe.pipeline import Analyzer

RULES = load_pack().skin_judge
HEAD = """\
PROCEDURE: Microvascular transfer of the second metatarsal from the left foot to the right third metacarpal.
DESCRIPTION: On the left foot the dorsalis pedis artery and its venae comitantes were dissected. """
TAIL = """ The second metatarsal was osteotomized, 4.5 cm. The pedicle was divided at 8 cm. Under the operating microscope the \
dorsalis pedis artery was joined end-to-side to the radial artery with 9-0 nylon. {late}"""


def note(early: str, late: str = "") -> str:
    return HEAD + early + TAIL.format(late=late)


@pytest.fixture(scope="module")
def judge() -> SkinJudge:
    return load_skin_judge(model_folder("skin_judge"), RULES)


def read(parser: Parser, text: str) -> list[tuple[str, bool]]:
    """Return the sentences that the judge reads, each with whether the vessels were joined before it."""
    parsed = parser.parse(Note(id="n", text=text, format="text", sha256=""))
    return [(text[s.start : s.end], late) for s, late in sentences_of(parsed, RULES)]


def test_it_reads_what_is_said_of_skin_and_what_stands_behind(parser: Parser) -> None:
    text = note("The skin was lifted with it. It looked well.")
    assert [told for told, _ in read(parser, text)] == ["The skin was lifted with it.", "It looked well."]  # fmt: skip


def test_it_knows_what_is_told_after_the_join(parser: Parser) -> None:
    assert read(parser, note("", late="The skin was sewn in.")) == [("The skin was sewn in.", True)]


def test_a_plan_is_not_read(parser: Parser) -> None:
    assert read(parser, note("") + "\nPLAN: The skin is watched hourly.") == []


def test_probabilities_add_up_to_one(judge: SkinJudge, parser: Parser) -> None:
    parsed = parser.parse(Note(id="n", text=note("Skin came along."), format="text", sha256=""))
    shares = judge.numbers.answers(merged(list(sentences_of(parsed, RULES))))
    assert sum(shares.values()) == pytest.approx(1.0)


def test_a_note_without_a_word_of_skin_gets_no_signal(analyzer: Analyzer) -> None:
    signals = analyzer.analyze(note("")).signals
    assert [fact for fact in signals if fact.name == RULES.signal] == []


def test_its_evidence_is_a_sentence_of_the_note(analyzer: Analyzer) -> None:
    text = note("The skin stayed on the foot, all of it.")
    (signal,) = (fact for fact in analyzer.analyze(text).signals if fact.name == RULES.signal)
    assert text[signal.evidence[0].start : signal.evidence[0].end] == signal.evidence[0].text


def test_it_adds_no_fact(analyzer: Analyzer) -> None:
    facts = analyzer.analyze(note("The skin stayed on the foot, all of it.")).facts
    assert RULES.signal not in {fact.name for fact in facts}


def test_a_class_without_a_least_probability_is_named_when_it_is_loaded() -> None:
    rules = RULES.model_copy(update={"least": {"moved": 0.85}})
    with pytest.raises(ModelError, match="bone, moved, watch"):
        load_skin_judge(model_folder("skin_judge"), rules)
