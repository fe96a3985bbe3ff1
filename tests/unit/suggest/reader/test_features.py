"""What the second reader sees of sentences and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.suggest.reader.features import Surroundings
from scribe.types.mention import ParsedNote
from tests.support.builders import make_note
from tests.support.tagged import make_cue, make_sentence

if TYPE_CHECKING:
    from scribe.types.mention import Sentence


def surroundings_of(*sentences: Sentence) -> Surroundings:
    return Surroundings(
        ParsedNote(
            note=make_note(),
            sections=(),
            sentences=sentences,
            placeholders=(),
            has_headings=True,
        )
    )


def seen_of(sentence: Sentence) -> dict[str, float]:
    return surroundings_of(sentence).sentence(sentence)


def seen_at(sentence: Sentence, at: int, own: str = "fibula") -> dict[str, float]:
    return surroundings_of(sentence).place(sentence, at, own)


@pytest.mark.parametrize(
    "feature",
    [
        pytest.param("word=the", id="word"),
        pytest.param("words=was cut", id="pair of words"),
        pytest.param("tag=BONE", id="tag"),
        pytest.param("value=BONE=fibula", id="value of a tag"),
        pytest.param("heads=BONE was", id="tag beside a word"),
        pytest.param("section=description", id="section"),
        pytest.param("frame=today", id="frame"),
        pytest.param("tenth=0", id="position"),
    ],
)
def test_a_sentence_is_seen_by(feature: str) -> None:
    assert seen_of(make_sentence("the BONE=fibula was cut"))[feature] == 1.0


def test_a_number_is_seen_as_a_number_only() -> None:
    words = {name for name in seen_of(make_sentence("cut LEN@6 of it")) if name.startswith("word=")}
    assert words == {"word=cut", "word=#", "word=of", "word=it"}


@pytest.mark.parametrize(
    "feature",
    [
        pytest.param("own=fibula", id="value"),
        pytest.param("own=fibula in today", id="value in its frame"),
        pytest.param("tagged=BONE", id="tag"),
        pytest.param("before=the", id="word before"),
        pytest.param("before1=the", id="word right before"),
        pytest.param("after2=cut", id="second word behind"),
        pytest.param("beside=cut", id="word of the sentence"),
    ],
)
def test_a_place_is_seen_by(feature: str) -> None:
    assert seen_at(make_sentence("the BONE=fibula was cut"), 1)[feature] == 1.0


def test_neighbours_are_seen_by_their_tags() -> None:
    assert "after=<LEN>" in seen_at(make_sentence("BONE=fibula LEN@6"), 0)


def test_a_cue_that_governs_a_place_is_seen() -> None:
    cue = make_cue("NEGATED", 0, 2, reach=(0, 30))
    assert "governed=NEGATED" in seen_at(make_sentence("no BONE=fibula", cues=[cue]), 1)


def test_a_measure_is_seen_by_how_large_it_is() -> None:
    sentence = make_sentence("cut LEN@6 and LEN@12")
    assert seen_at(sentence, 1, "1")["size"] < seen_at(sentence, 3, "1")["size"]
