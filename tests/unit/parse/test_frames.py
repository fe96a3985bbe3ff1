"""How statements are meant: by their heading, else by where in the story they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import parse, sentence_with

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

HEADED = {
    "procedure": ("PROCEDURE: Some words here.", "title"),
    "indications": ("INDICATIONS: Some words here.", "history"),
    "diagnosis": ("PREOPERATIVE DIAGNOSIS: Some words here.", "history"),
    "findings": ("FINDINGS: Some words here.", "today"),
    "description": ("DESCRIPTION OF PROCEDURE: Some words here.", "today"),
    "a step": ("MICROVASCULAR ANASTOMOSIS: Some words here.", "today"),
    "plan": ("PLAN: Some words here.", "plan"),
    "consent": ("CONSENT: Some words here.", "consent"),
    "risks in the history": ("INDICATIONS: The risk of Some words here.", "consent"),
    "implants": ("IMPLANTS: Some words here.", "implants"),
    "codes": ("CPT CODES: Some words here.", "codes"),
    "surgeon": ("SURGEON: Some words here.", "admin"),
}
DICTATED = {
    "title": ("this is a free metatarsal flap to the radius", "title"),
    "diagnosis": ("the diagnosis is bone loss of the radius", "history"),
    "history": ("he had undergone three operations years ago", "history"),
    "begin of the operation": ("he was intubated and prepped", "today"),
    "work": ("the second metatarsal was osteotomized", "today"),
    "plan": ("he will go to the ward and be watched", "plan"),
}
STORY = " period ".join([*(words for words, _ in DICTATED.values()), "the end", ""])


@pytest.mark.parametrize(("text", "frame"), HEADED.values(), ids=HEADED.keys())
def test_a_heading_says_how_its_words_are_meant(parser: Parser, text: str, frame: str) -> None:
    assert sentence_with(parser, "Some words", text).frame == frame


@pytest.mark.parametrize(("words", "frame"), DICTATED.values(), ids=DICTATED.keys())
def test_a_dictation_tells_its_story_in_order(parser: Parser, words: str, frame: str) -> None:
    parsed = parse(parser, STORY)
    at = STORY.index(words)
    assert next(s.frame for s in parsed.sentences if s.start <= at < s.end) == frame


LOOKING_BACK = """\
the second metatarsal was osteotomized and the dorsalis pedis artery was dissected period

he had been shot in 2019 period it had been plated period

the foot was dry period
"""
RUN_ON = f"""\
he had been shot in 2019 period it had been plated period
{" ".join(["so"] * 30)} the dorsalis pedis artery was dissected {" ".join(["and"] * 30)} if it bleeds we will look period
"""


def test_a_dictation_goes_on_behind_a_paragraph_that_looks_back(parser: Parser) -> None:
    assert sentence_with(parser, "plated", LOOKING_BACK).frame == "history"
    assert sentence_with(parser, "was dry", LOOKING_BACK).frame == "today"


def test_a_sentence_that_runs_on_may_leave_the_history(parser: Parser) -> None:
    assert sentence_with(parser, "plated", RUN_ON).frame == "history"
    assert sentence_with(parser, "was dissected", RUN_ON).frame == "today"


def test_a_heading_itself_says_nothing(parser: Parser) -> None:
    text = "FINDINGS\nThe flap was well, as was told above in more words.\nPLAN\nRest and watch."
    assert sentence_with(parser, "FINDINGS", text).frame == "heading"


def test_an_operation_told_under_a_heading_of_the_history_is_of_today(parser: Parser) -> None:
    text = (
        "INDICATIONS:\nBone loss of the radius.\n"
        "The dorsalis pedis artery was dissected.\n"
        "The pedicle was divided.\n"
        "It was sewn end-to-side with 9-0 nylon.\n"
        "PLAN:\nRest.\n"
    )
    assert sentence_with(parser, "sewn", text).frame == "today"


def test_a_title_that_tells_step_by_step_is_the_description(parser: Parser) -> None:
    text = (
        "PROCEDURE:\n1) The tourniquet was inflated.\n2) The metatarsal was osteotomized.\n"
        "3) The clamps were released.\n4) It was sewn end-to-end.\nPLAN:\nRest.\n"
    )
    assert sentence_with(parser, "osteotomized", text).section == "description"


def test_two_sentences_of_work_under_procedure_tell_the_operation(parser: Parser) -> None:
    told = "PROCEDURE: The second metatarsal was cut, 4 cm of it. The pedicle was dissected over 6 cm.\n"
    assert {s.frame for s in parse(parser, told).sentences if s.frame != "heading"} == {"today"}


def test_a_title_without_a_verb_stays_a_title(parser: Parser) -> None:
    title = "PROCEDURE: Raising of second metatarsal, 4 cm. Dissection of pedicle, 6 cm.\n"
    assert {s.frame for s in parse(parser, title).sentences if s.frame != "heading"} == {"title"}


@pytest.mark.parametrize(
    "spare", ["the vein was tagged as a backup and never opened", "ct had predicted 2 cm"]
)
def test_what_was_foreseen_or_left_unused_opens_no_plan(parser: Parser, spare: str) -> None:
    words = (
        f"the second metatarsal was osteotomized period {spare} period the defect was 5 cm period"
    )
    assert sentence_with(parser, "the defect", words).frame == "today"


DIAGNOSED = """\
Dx: Mandibular gap after gunshot. {line}From the right foot 6 cm of metatarsal were brought. The pedicle was divided. \
The dorsalis pedis artery was joined end-to-side to the facial artery."""


@pytest.mark.parametrize(
    ("line", "frame"), [("\n\n", "today"), ("He had a fibula flap in 2019.\n\n", "today")]
)
def test_the_paragraph_behind_a_diagnosis_tells_the_operation(
    parser: Parser, line: str, frame: str
) -> None:
    told = sentence_with(parser, "From the right foot", DIAGNOSED.format(line=line))
    assert told.frame == frame


def test_what_is_called_earlier_behind_a_diagnosis_stays_earlier(parser: Parser) -> None:
    text = DIAGNOSED.format(line="\n\nHe had had a fibula flap in 2019. ")
    assert sentence_with(parser, "fibula flap", text).frame == "history"
