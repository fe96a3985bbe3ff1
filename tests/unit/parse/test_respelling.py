"""A dictation gets the words of the field back that its recogniser wrote otherwise; everyday speech stays as it is."""

from __future__ import annotations

import pytest

from scribe.parse.respelling import Respeller
from scribe.parse.tokens import tokenize
from scribe.rules.pack import load_pack

RESPELLER = Respeller(load_pack().language)
HEARD = {
    "metatarsal, one sound too many": ("the second metal tar sell was cut", "metatarsal"),
    "metatarsal, another sound": ("the third meadow tarsal was cut", "metatarsal"),
    "metatarsal, in three words": ("the fourth met a tarsal was cut", "metatarsal"),
    "metacarpal": ("it went into the metal car pal of the hand", "metacarpal"),
    "dorsalis": ("we found the door solace pedis artery", "dorsalis"),
    "comitantes": ("one of the vena come mitten tees", "comitantes"),
    "anastomosis": ("the anna stow moses took an hour", "anastomoses"),
    "osteocutaneous": ("an oyster cue tenuous flap was raised", "osteocutaneous"),
    "ischemia": ("total ice chemia was an hour", "ischemia"),
    "mandible": ("the right man dibble was resected", "mandible"),
    "capillary": ("the cup larry refill was two seconds", "capillary"),
    "thoracoacromial": ("the thoraco a chromial artery", "thoracoacromial"),
    "a short name beside what goes with it": ("sewn to the all nor artery", "ulnar"),
    "a word cut in two, of which both are words": ("the dorsal is pedis was slung", "dorsalis"),
    "one sound too many, beside what goes with it": ("a long saffron us vein", "saphenous"),
    "a bone beside its side": ("the left cal can he us was hollow", "calcaneus"),
    "letters spelled out": ("a great one the g s v came with it", "gsv"),
    "letters spelled out, in a row of others": ("he had a c t a of both legs", "cta"),
    "a nerve's or an artery's": ("the fay shall artery was cut", "facial"),
}
PLAIN = (
    "i was there and a b and c d were not",
    "the man double checked the count with the scrub nurse",
    "he came from another hospital where the notes were copied",
    "to confirm the contents we went on under the same conditions",
    "there was any number of reasons and now on with the case",
    "all nor any of the boxes in the store were open",
    "the doors were shut and the radio was off",
    "the anterior tibial is open down to the ankle",
    "the great hall, and some saffron on a plate",
    "nine oh four in the morning the alarm went off in the doctors room",
    "it took a minute or so and then the team of the ward came in",
)


def respelled(text: str) -> list[str]:
    """Return the words that are not written in a text."""
    tokens = RESPELLER.respell(tokenize(text))
    return [token.word for token in tokens if token.word != text[token.start : token.end]]


@pytest.mark.parametrize(("text", "word"), HEARD.values(), ids=HEARD.keys())
def test_what_sounds_like_a_word_of_the_field_is_read_as_it(text: str, word: str) -> None:
    assert respelled(text) == [word]


@pytest.mark.parametrize("text", PLAIN)
def test_everyday_speech_stays_what_it_is(text: str) -> None:
    assert respelled(text) == []


def test_small_words_before_it_are_left_alone() -> None:
    text = "the doors alice was found"
    tokens = RESPELLER.respell(tokenize(text))
    assert [token.word for token in tokens] == ["the", "dorsalis", "was", "found"]


def test_offsets_are_those_of_the_note() -> None:
    text = "the  door\nsolace pedis"
    token = RESPELLER.respell(tokenize(text))[1]
    assert text[token.start : token.end] == "door\nsolace"


@pytest.mark.parametrize("text", ["", "comma", "a", "...", "7"])
def test_too_little_is_nothing(text: str) -> None:
    tokens = tokenize(text)
    assert RESPELLER.respell(tokens) == tokens
