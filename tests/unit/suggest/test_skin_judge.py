"""The learned judge of skin: what it reads, what it says, what follows from it, and what it takes to load it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import ModelError
from scribe.resources import model_folder
from scribe.rules.pack import load_pack
from scribe.suggest.manifest import NAME
from scribe.suggest.skin_judge import (
    SkinJudge,
    SkinNumbers,
    load_skin_judge,
    merged,
    sentences_of,
)
from scribe.types.note import Note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scribe.parse.nlp import Parser
    from scribe.pipeline import Analyzer

    Change = Callable[[dict[str, Any]], None]

RULES = load_pack().skin_judge
WEIGHTS = "weights.json"
HEAD = """\
PROCEDURE: Microvascular transfer of the second metatarsal from the left foot to the right third metacarpal.
DESCRIPTION: On the left foot the dorsalis pedis artery and its venae comitantes were dissected. """
TAIL = """ The second metatarsal was osteotomized, 4.5 cm. The pedicle was divided at 8 cm. Under the operating microscope the \
dorsalis pedis artery was joined end-to-side to the radial artery with 9-0 nylon. {late}"""


def note(early: str, late: str = "") -> str:
    return HEAD + early + TAIL.format(late=late)


@pytest.fixture(scope="module")
def judge() -> SkinJudge:
    return load_skin_judge(model_folder("skin_judge"), RULES)[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the model that is shipped."""
    copy = tmp_path / "artifact"
    shutil.copytree(model_folder("skin_judge"), copy)
    return copy


def change(path: Path, mend: Change) -> None:
    content = json.loads(path.read_text("utf-8"))
    mend(content)
    path.write_text(json.dumps(content), "utf-8")


def rehash(folder: Path) -> None:
    numbers = SkinNumbers.model_validate_json((folder / WEIGHTS).read_bytes())
    change(folder / NAME, lambda content: content["weights"].update(sha256=numbers.sha256()))


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
    shares = judge.numbers.probabilities(merged(list(sentences_of(parsed, RULES))))
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


def test_the_stored_model_is_named_by_its_hash(folder: Path) -> None:
    judge, stamp = load_skin_judge(folder, RULES)
    assert judge.numbers.sha256().startswith(stamp.hash)


def test_other_numbers_are_refused(folder: Path) -> None:
    change(folder / WEIGHTS, lambda content: content["classes"]["bone"].update(intercept=9.0))
    with pytest.raises(ModelError, match="other numbers"):
        load_skin_judge(folder, RULES)


def test_numbers_of_other_features_are_refused(folder: Path) -> None:
    change(folder / WEIGHTS, lambda content: content.update(features=0))
    rehash(folder)
    with pytest.raises(ModelError, match="trained on features 0"):
        load_skin_judge(folder, RULES)


def test_numbers_that_answer_otherwise_are_refused(folder: Path) -> None:
    change(folder / WEIGHTS, lambda content: content["classes"]["bone"].update(intercept=9.0))
    rehash(folder)
    with pytest.raises(ModelError, match="answers otherwise"):
        load_skin_judge(folder, RULES)


@pytest.mark.parametrize("file", [NAME, WEIGHTS])
def test_a_missing_file_is_refused(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ModelError, match="make train"):
        load_skin_judge(folder, RULES)
