"""A judge of sites counts where the rules read none, or where it is sure against them; what a bone is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from scribe.extract.engine import build_extractor
from scribe.types.note import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.nlp import Parser
    from scribe.rules.language import Language
    from scribe.types.fact import Fact
    from scribe.types.mention import ParsedNote
    from scribe.types.site import NamedPlace

RAISED = "\n\nDESCRIPTION: The left second metatarsal was harvested on the dorsalis pedis artery."
UNREAD = f"The lunate is grey.{RAISED}"
DONOR = "The ulna gave what the jaw lacked. The artery was joined end-to-end with 9-0 nylon."
RULED = f"PROCEDURE: Free second metatarsal flap to the scaphoid.\n\nThe lunate is grey.{RAISED}"


@dataclass
class Liking:
    """A judge that likes one name."""

    name: str
    chance: float
    asked: int = 0

    def donors(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> list[float]:  # noqa: ARG002
        return [self.chance if place.name == self.name else 0.0 for place in places]

    def recipients(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> list[float]:  # noqa: ARG002
        self.asked += 1
        return [self.chance if place.name == self.name else 0.0 for place in places]


Read = Callable[..., "list[Fact]"]


@pytest.fixture
def read(language: Language, parser: Parser) -> Read:
    def sites(text: str, judge: Liking | None, name: str = "recipient.site") -> list[Fact]:
        parsed = parser.parse(Note(id="n", text=text, format="text", sha256=""))
        facts = build_extractor(language).extract(parsed, judge)
        return [fact for fact in facts if fact.name == name]

    return sites


@pytest.mark.parametrize(
    ("text", "chance", "expected"),
    [
        pytest.param(UNREAD, 0.5, ["lunate"], id="likely_and_alone"),
        pytest.param(UNREAD, 0.2, [], id="unlikely_and_alone"),
        pytest.param(RULED, 0.9, ["lunate"], id="sure_against_the_rules"),
        pytest.param(RULED, 0.5, ["scaphoid"], id="unsure_against_the_rules"),
    ],
)
def test_when_a_judged_site_counts(
    read: Read, text: str, chance: float, expected: list[str]
) -> None:
    assert [fact.value for fact in read(text, Liking("lunate", chance))] == expected


def test_a_judged_site_says_that_it_was_learned(read: Read) -> None:
    (fact,) = read(UNREAD, Liking("lunate", 0.9))
    assert (fact.rule, fact.confidence) == ("learned.recipient.site", pytest.approx(0.9))


def test_the_evidence_of_a_judged_site_is_its_place(read: Read) -> None:
    (fact,) = read(UNREAD, Liking("lunate", 0.9))
    assert [place.text for place in fact.evidence] == ["lunate"]


def test_a_landmark_that_is_often_named_is_none_the_more_the_site(read: Read) -> None:
    text = UNREAD.replace("The lunate is grey.", "The lunate is grey. " * 9)
    assert read(text, Liking("lunate", 0.3)) == []


def test_a_word_that_a_rule_bars_is_no_site(read: Read) -> None:
    text = UNREAD.replace("The lunate is grey.", "The tibia was intact.")
    assert read(text, Liking("tibia", 0.9)) == []


def test_no_judge_is_asked_where_no_donor_is_read(read: Read) -> None:
    judge = Liking("lunate", 0.9)
    read("The lunate is grey.", judge)
    assert judge.asked == 0


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("the index metacarpal", "second metacarpal"),
        ("the middle metacarpal", "third metacarpal"),
        ("MC5", "fifth metacarpal"),
        ("metacarpal no. 4", "fourth metacarpal"),
        ("the first metacarpal", "thumb metacarpal"),
        ("the fifth metatarsal", "fifth metatarsal"),
        ("the kneecap", "patella"),
        ("the neck of the femur", "femoral neck"),
    ],
)
def test_what_a_site_is_called(read: Read, written: str, expected: str) -> None:
    text = f"PROCEDURE: Free fibula flap to {written}.\n\nThe fibula was harvested on the peroneal artery."
    assert [fact.value for fact in read(text, None)] == [expected]


@pytest.mark.parametrize(
    ("text", "chance", "expected"),
    [
        pytest.param(DONOR, 0.9, ["ulna"], id="sure"),
        pytest.param(DONOR, 0.8, [], id="unsure"),
        pytest.param(UNREAD, 0.9, ["metatarsal"], id="a_rule_reads_another"),
        pytest.param(f"{DONOR} The ulna was left.", 0.9, ["ulna"], id="one_place_barred"),
    ],
)
def test_when_a_judged_donor_counts(
    read: Read, text: str, chance: float, expected: list[str]
) -> None:
    found = read(text, Liking("ulna", chance), "donor.site")
    assert [fact.value for fact in found] == expected


def test_a_judged_donor_says_that_it_was_judged(read: Read) -> None:
    (fact,) = read(DONOR, Liking("ulna", 0.9), "donor.site")
    assert (fact.rule, fact.qualifiers) == ("learned.donor.site", ("judged",))
