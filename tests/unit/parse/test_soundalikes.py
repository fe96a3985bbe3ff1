"""What a speech recogniser mis-heard is found by its sound, and common words stay what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.parse.soundalikes import SoundKeys
from scribe.rules.pack import load_pack
from tests.support.parsed import GATE_OPENER, parse

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

sound_key = SoundKeys(load_pack().language.sounds.folds).of
HEARD = {
    "dorsalis pedis": ("the doors alice peed us artery was dissected", "dorsalis pedis artery"),
    "saphenous": ("the great saff in us vein was dissected", "great saphenous vein"),
    "venae comitantes": ("the vena come a tantes were dissected", "venae comitantes"),
    "peroneal": ("the pair o neal artery was dissected", "peroneal artery"),
    "anastomosis": ("the a nasty moses was done", "anastomosis"),
}
PLAIN = {
    "doors": "the doors were shut and the artery was dissected",
    "a personal remark": "this is a personal remark on the left foot",
}
ALIKE = [
    ("phalanx", "falanx"),
    ("anastomosis", "anastomossis"),
    ("fibula", "fibulla"),
    ("cephalic", "sephalic"),
]


SPELLED = {
    "one letter": ("The flap was well perfosed.", "unspecified"),
    "two words of one": ("A vascu larized graft was used.", "vascularized"),
    "an artery": ("The dorselis pedis artery was dissected.", "dorsalis pedis artery"),
    "a device": ("An external fixatur was put on.", "external fixator"),
}
EVERYDAY = (
    *("health", "skills", "created", "buried", "brought", "bearing", "excess", "string", "caring"),
    *("suctioned", "burning", "rising", "delivery", "supportive", "patience", "sequester"),
    *("rejected", "trimming", "fallen", "leader", "staring", "radially", "lingula", "femoris"),
    *("humoral", "spinous", "fascial", "palette", "doctor", "window", "surgery", "weather"),
    *("kitchen", "summer", "teacher", "morning"),
)


def heard_in(parser: Parser, text: str) -> set[str]:
    return {
        concept.value
        for sentence in parse(parser, text).sentences
        for item in sentence.items
        for concept in item.concepts
        if concept.heard
    }


def typed(words: str) -> str:
    return f"PROCEDURE: Free metatarsal flap, anastomosis.\nFINDINGS: {words}\nPLAN: Rest.\n"


def spoken(words: str) -> str:
    return f"{GATE_OPENER.strip()} {words} period it was closed period he woke period"


def values(parser: Parser, words: str, *, heard: bool = False) -> set[str]:
    """Return the values of what stands in some words of a dictation; with ``heard`` of mis-heard terms only."""
    text = spoken(words).replace(".", " period")
    parsed = parse(parser, text)
    start = text.index(words)
    return {
        concept.value
        for sentence in parsed.sentences
        for item in sentence.items
        if start <= item.start < start + len(words)
        for concept in item.concepts
        if concept.heard or not heard
    }


@pytest.mark.parametrize(("words", "value"), HEARD.values(), ids=HEARD.keys())
def test_misheard_terms(parser: Parser, words: str, value: str) -> None:
    assert value in values(parser, words)


@pytest.mark.parametrize("words", PLAIN.values(), ids=PLAIN.keys())
def test_common_words(parser: Parser, words: str) -> None:
    assert values(parser, words, heard=True) == set()


def test_a_typed_note_is_taken_by_its_letters(parser: Parser) -> None:
    text = (
        "PROCEDURE: Free metatarsal flap.\nFINDINGS: The some artery was small.\n"
        "PLAN: Rest.\nSURGEON: A. Sample.\n"
    )
    heard = [
        concept
        for sentence in parse(parser, text).sentences
        for item in sentence.items
        for concept in item.concepts
        if concept.heard
    ]
    assert heard == []


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_words_of_one_sound_have_one_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(("one", "other"), [("radial", "peroneal"), ("tibia", "fibula")])
def test_words_of_another_sound_have_another_key(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


@pytest.mark.parametrize(("words", "value"), SPELLED.values(), ids=SPELLED.keys())
def test_a_typed_note_is_also_taken_by_nearly_its_letters(
    parser: Parser, words: str, value: str
) -> None:
    assert value in heard_in(parser, typed(words))


@pytest.mark.parametrize("word", EVERYDAY)
def test_everyday_words_are_no_anatomy(parser: Parser, word: str) -> None:
    assert heard_in(parser, typed(f"The {word} was as it should be.")) == set()


@pytest.mark.parametrize("word", EVERYDAY)
def test_everyday_words_are_no_anatomy_when_spoken(parser: Parser, word: str) -> None:
    assert values(parser, f"the {word} was as it should be", heard=True) == set()
