"""What a person's remarks in a draft replace or deny is read as blanks; the remarks, and what they let stand, are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.parsed import GATE_OPENER, parse

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser

SECOND = (
    "A drain was left in the wound [no, it was pulled]. A plaster was put on [not so; a splint]."
)
"""More remarks, as one alone makes no edited note."""
TAKEN_BACK = {
    "a size in brackets": ("The bone gap was 4.1 cm [4.5 cm, by ruler]. " + SECOND, "4.1 cm"),
    "a number before its unit": ("The ischemia was 95 [88] minutes. " + SECOND, "95"),
    "a side that is denied": ("We opened the right [no, left] foot. " + SECOND, "right"),
    "a statement that is denied": (
        "The nerve was joined [not so; it was left alone]. " + SECOND,
        "The nerve was joined",
    ),
    "what is struck by name": (
        "CT and MRI were seen. [Strike MRI, it was never made] " + SECOND,
        "MRI",
    ),
    "what is struck without a name": (
        "A probe was put in [delete, that was the next case]. " + SECOND,
        "A probe was put in",
    ),
    "what a negation denies": (
        "The strip test was good [there was no strip test that day]. " + SECOND,
        "The strip test was good",
    ),
    "the old one before an arrow": (
        "The stalk was cut at [9 -> 7] cm, and bone of [5 -> 6] cm was taken.",
        "9",
    ),
    "a claim of the draft": (
        "The left foot was opened (AI wrote right foot; it was the left).",
        "AI wrote right foot",
    ),
    "an edit in a line of its own": ("The bone gap was 3 cm.\nedit: 3.8 cm.", "3 cm"),
    "an edit that denies": (
        "The donor site needed a graft.\nedit: it did not. Closed directly.",
        "The donor site needed a graft",
    ),
    "capitals between slashes": (
        "The bone gap was 3 cm /3.6 CM/. The web lacked skin /YES, BUT LITTLE/. A graft was laid on /NO. SEWN UP/.",
        "3 cm",
    ),
    "an order in capitals": (
        "The bone gap was 3 cm. CHANGE to 3.6 cm. The web lacked skin. KEEP. The stalk was 9 cm. CHANGE to 8 cm.",
        "3 cm",
    ),
    "one thing to another": (
        "It was sewn end-to-end. CHANGE end-to-end to end-to-side. The web lacked skin. KEEP. The gap was 3 cm. CHANGE to 4 cm.",
        "end-to-end",
    ),
    "behind an arrow": (
        "The bone gap was 3 cm -> should read 3.6 cm. MRI and CT were seen. -> strike MRI, he could not lie still.",
        "3 cm",
    ),
    "behind a dash": (
        "The gap was 3 cm. — Agree. The second metatarsal was cut. — Third metatarsal. The artery pulsed. — Yes. Stalk 9 cm. — 7 cm.",
        "second",
    ),
    "somebody's initials": (
        "Gap 4 cm. TK: 3.8 cm, by ruler. Skin was lost. TK: yes. A nerve was joined. TK: no, left alone. Foot closed. TK: right.",
        "4 cm",
    ),
    "a footnote": (
        "Island 9 x 5.5 cm*1 from the web. Sewn end-to-side*2 with nylon.\n\nErrata\n*1 Read 8 x 5.5 cm.\n*2 Should read end-to-end.",
        "9 x 5.5 cm",
    ),
}
KEPT = {
    "what is affirmed": ("Skin was lost over 5 x 3 cm [correct, as I said]. " + SECOND, "5 x 3 cm"),
    "what stands beside an addition": (
        "5 cm of bone came out [add: the stalk was 7 cm long]. " + SECOND,
        "5 cm",
    ),
    "the new value": ("The bone gap was 4.1 cm [4.5 cm, by ruler]. " + SECOND, "4.5 cm"),
    "the same value": ("The bone gap was 4.5 cm [4.5 cm, confirmed by ruler]. " + SECOND, "4.5 cm"),
    "another kind of measure": ("The gap was 4 cm long [88 minutes in all]. " + SECOND, "4 cm"),
    "what only a quotation gives otherwise": (
        'Fourth metatarsal [the machine had "fifth metatarsal"]. ' + SECOND,
        "Fourth",
    ),
    "a single remark": ("The bone gap was 4.1 cm [4.5 cm]. The wound was clean.", "4.1 cm"),
    "an arrow that means to": (
        "DPA -> radial artery, end-to-side. GSV -> cephalic vein, end-to-end.",
        "DPA",
    ),
    "boxes of a form": (
        "Skin taken with bone: [x] yes [ ] no. Donor side of the flap: [ ] L [x] R. Vein joined [x] yes [ ] no.",
        "Skin taken with bone",
    ),
    "answers in brackets": (
        "Was the skin island taken [no]. Was the bone vascularized [yes]. Was a vein joined [yes].",
        "skin island taken",
    ),
    "codes in brackets": ("Side of the left foot [R2]. Bone length was 5 cm [050].", "5 cm"),
    "shares in brackets": ("Bone gap 6 cm by ruler [0.96]. Pedicle was 7 cm [0.91].", "6 cm"),
    "a name behind a label": (
        "Attending: Dr. Left-Wood\nReviewer: two residents, right away.",
        "Left",
    ),
}


def _read(parser: Parser, text: str) -> str:
    parsed = parse(parser, GATE_OPENER + text)
    return (parsed.counting or parsed.note.text)[len(GATE_OPENER) :]


@pytest.mark.parametrize(("text", "words"), TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_what_a_remark_takes_back_is_not_read(parser: Parser, text: str, words: str) -> None:
    at = text.index(words)
    assert not _read(parser, text)[at : at + len(words)].strip()


@pytest.mark.parametrize(("text", "words"), KEPT.values(), ids=KEPT)
def test_what_no_remark_takes_back_is_read(parser: Parser, text: str, words: str) -> None:
    at = text.index(words)
    assert _read(parser, text)[at : at + len(words)] == words


def test_a_text_keeps_its_length(parser: Parser) -> None:
    text = TAKEN_BACK["an edit in a line of its own"][0]
    assert len(_read(parser, text)) == len(text)


def test_a_value_stands_in_the_sentence_that_it_corrects(parser: Parser) -> None:
    parsed = parse(parser, GATE_OPENER + "The bone gap was 3 cm.\nedit: 3.8 cm.")
    at = parsed.note.text.index("3.8")
    sentence = next(each for each in parsed.sentences if each.start <= at < each.end)
    assert sentence.start == parsed.note.text.index("The bone gap")
