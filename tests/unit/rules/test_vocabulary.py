"""The ways to write a concept that follow from its name."""

from __future__ import annotations

from scribe.rules.vocabulary import VocabFile, terms_of

FILE = VocabFile.model_validate(
    {
        "tag": "ARTERY",
        "bare_tag": "ARTBARE",
        "noun": "artery",
        "short": {"artery": ["art"], "anterior": ["ant"], "tibial": ["tib"]},
        "sources": ["LE-RECIP"],
        "terms": [{"value": "anterior tibial artery"}],
    }
)
TAGS = {term.words: term.tag for term in terms_of(FILE)}


def test_the_noun_stands_in_front_too() -> None:
    assert TAGS["artery anterior tibial"] == "ARTERY"


def test_any_word_may_be_cut_short() -> None:
    assert {"ant tibial artery", "anterior tib art", "ant tib art"} <= {
        words for words, tag in TAGS.items() if tag == "ARTERY"
    }


def test_what_is_cut_short_may_lack_its_noun_where_a_vessel_is_meant() -> None:
    assert {words for words, tag in TAGS.items() if tag == "ARTBARE"} == {
        "ant tibial",
        "anterior tib",
        "ant tib",
    }


def test_what_is_cut_short_has_no_sound_of_its_own() -> None:
    assert {term.words for term in terms_of(FILE) if not term.heard} == {
        "anterior tibial artery",
        "artery anterior tibial",
        "artery tibial anterior",
        "tibial anterior artery",
    }
