"""What cues govern, and where their reach ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import categories_of

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

GOVERNED = {
    "denied before": ("No skin paddle was seen.", "NEGATED"),
    "denied with without": ("It was closed without a skin paddle.", "NEGATED"),
    "denied behind": ("The skin paddle was not taken.", "NEGATED"),
    "decided against": ("We decided against a skin paddle.", "NEGATED"),
    "considered and rejected": ("A skin paddle was considered.", "NEGATED"),
    "left alone": ("The skin paddle was left alone.", "NEGATED"),
    "will": ("He will need a skin paddle.", "PLANNED"),
    "if needed": ("A skin paddle if needed.", "PLANNED"),
    "planned on both sides of the verb": ("A skin paddle will be added if needed.", "PLANNED"),
    "a relative": ("Family history: a skin paddle was lost.", "HISTORICAL"),
    "told of nobody": ("In most cases a skin paddle is taken.", "ELSEWHERE"),
    "tried in vain": ("A skin paddle was attempted and abandoned.", "NEGATED"),
    "each hour": ("Watch the skin paddle hourly.", "PLANNED"),
    "somebody else's, over every comma": (
        "His brother had the same done, with a long scar, then a skin paddle.",
        "HISTORICAL",
    ),
    "the object first": ("A skin paddle we did not make.", "NEGATED"),
    "asked for, none put in": ("A skin paddle was asked for, none was put in.", "NEGATED"),
    "ready and not used": ("A skin paddle was drawn; not used.", "NEGATED"),
    "an earlier operation": ("A previous skin paddle was lost.", "HISTORICAL"),
    "years ago": ("A skin paddle was lost two years ago.", "HISTORICAL"),
    "elsewhere": ("A skin paddle was raised elsewhere.", "HISTORICAL"),
    "a year": ("In 2019 a skin paddle was raised.", "HISTORICAL"),
    "a bare year behind": ("Free skin paddle 2019.", "HISTORICAL"),
    "the old": ("We saw the old skin paddle.", "HISTORICAL"),
    "had it not": ("Had the skin paddle not bled, I would have gone on.", "ELSEWHERE"),
    "were it": ("Were it a skin paddle, we could have used it.", "ELSEWHERE"),
    "possibly": ("There was possibly a skin paddle.", "UNCERTAIN"),
    "to be verified": ("The skin paddle is to be verified.", "UNCERTAIN"),
}
FREE = {
    "somebody else, in the sentence before": "His brother had the same. The skin paddle was raised.",
    "hours within a time": "The skin paddle waited 2 hrs 10 min.",
    "a date": "On 12.04.2025 the skin paddle was raised.",
    "a year before": "2025 the skin paddle was raised.",
    "behind what would have been": "Had it not bled, I would have gone; the skin paddle lived.",
    "had, without a would": "Had coffee, then the skin paddle was raised.",
    "to be clear": "To be clear the skin paddle was raised.",
    "an option nobody ticked": "Test: [x] skin paddle seen   [ ] not done",
    "a plain sentence": "The skin paddle was raised.",
    "but": "No tension was felt but the skin paddle was raised.",
    "and the": "There was no vein graft and the skin paddle was raised.",
    "a semicolon": "No vein graft; skin paddle raised.",
    "which": "There was no vein graft, which let the skin paddle lie well.",
    "because": "We took no graft because the skin paddle reached.",
    "another sentence": "No vein graft. The skin paddle was raised.",
    "another line of a list": "- no vein graft\n- skin paddle raised",
    "too far": "No one in the room that day had any doubt at all that this skin paddle was sound.",
    "no tension": "There was no tension on the skin paddle.",
    "no kinking": "No kinking, and a soft skin paddle.",
    "without difficulty": "Without difficulty the skin paddle was raised.",
    "prior to": "Prior to inset the skin paddle was washed.",
    "found to be": "The skin paddle was found to be sound.",
    "not only": "Not only the skin paddle was sound.",
    "a word that holds a cue": "Nobody knows; the notable skin paddle was raised.",
}


@pytest.mark.parametrize(("text", "category"), GOVERNED.values(), ids=GOVERNED.keys())
def test_a_cue_governs(parser: Parser, text: str, category: str) -> None:
    assert category in categories_of(parser, "skin paddle", text)


@pytest.mark.parametrize("text", FREE.values(), ids=FREE.keys())
def test_nothing_governs(parser: Parser, text: str) -> None:
    assert categories_of(parser, "skin paddle", text) == set()


def test_what_is_denied_first_is_still_denied(parser: Parser) -> None:
    text = "There was no vein graft but the skin paddle was raised."
    assert categories_of(parser, "vein graft", text) == {"NEGATED"}
