"""Typed prose, lists, wrapped lines and spoken punctuation are cut into sentences."""

from __future__ import annotations

import pytest

from scribe.parse.sentences import cut, without_fillers
from scribe.parse.tokens import tokenize
from scribe.rules.pack import load_pack

RULES = load_pack().language.words.sentences

WRAPPED = (
    "The second metatarsal of the left foot was cut at two levels with a fine\n"
    "saw and raised on its vessels."
)
OPENING = " ".join(["with care and slowly"] * 12)
SLUNG = "we kept the vein we had slung under the microscope"
CLAMPS_OFF = "when the clamps came off the vein was full and the artery was full too"
STATEMENTS = """\
bone cut at the base and again at its neck with the fine saw
skin left on
pedicle slung and then clipped and divided low down in the ankle
bone taken to the hand and pinned there with wires
cuff down
artery sewn to the radial with the finest thread that there was
vein coupled to the one beside it
hand closed over a drain and put up in a sling
all counts right
splint on and home to the ward with a bell in the good hand
foot closed in layers
end of note"""
CUT = {
    "full stops": ("It was cut. It was raised.", ["It was cut.", "It was raised."]),
    "a decimal point": ("It was 6.5 cm long. Done.", ["It was 6.5 cm long.", "Done."]),
    "an abbreviated title": ("Dr. Sample cut it. Done.", ["Dr. Sample cut it.", "Done."]),
    "a number sign": ("Ray no. 2 was cut. Done.", ["Ray no. 2 was cut.", "Done."]),
    "the second of two letters": (
        "Strip test good A + V. Vein graft not needed.",
        ["Strip test good A + V.", "Vein graft not needed."],
    ),
    "an initial": ("J. Sample cut it. Done.", ["J. Sample cut it.", "Done."]),
    "a unit with a point": ("A 6 cm. long bone. Done.", ["A 6 cm. long bone.", "Done."]),
    "a question": ("Was it cut? It was.", ["Was it cut?", "It was."]),
    "an empty line": ("It was cut\n\nit was raised", ["It was cut", "it was raised"]),
    "a list": ("- cut\n- raised", ["- cut", "- raised"]),
    "a numbered list": ("1) Free flap\n2) Skin graft", ["1) Free flap", "2) Skin graft"]),
    "an outline": ("4.2.3 branch tied\n4.3 Block cut", ["4.2.3 branch tied", "4.3 Block cut"]),
    "a wrapped measure": (
        "The segment that was taken from the metatarsal measured all of\n4.3 cm.",
        ["The segment that was taken from the metatarsal measured all of\n4.3 cm."],
    ),
    "keys and values": ("Side: left\nRay: second", ["Side: left", "Ray: second"]),
    "a wrapped line": (WRAPPED, [WRAPPED]),
    "long lines that nobody wrapped": (
        f"{'Radial artery and cephalic vein were found in the old scar'} there\nBone cut",
        ["Radial artery and cephalic vein were found in the old scar there", "Bone cut"],
    ),
    "a capital behind a unit": (
        "It was 5.5 cm. In the mouth lay skin.",
        ["It was 5.5 cm.", "In the mouth lay skin."],
    ),
    "some small letters": (
        "Cut. drain in. graft keyed. Plate.",
        ["Cut.", "drain in.", "graft keyed.", "Plate."],
    ),
    "short lines": ("Clamps off\nStrip test good", ["Clamps off", "Strip test good"]),
    "windows line ends": ("It was cut.\r\nIt was raised.", ["It was cut.", "It was raised."]),
    "spoken periods": (
        "it was cut period it was raised period",
        ["it was cut period", "it was raised period"],
    ),
    "a period among full stops": ("A period of rest. Done.", ["A period of rest.", "Done."]),
    "small letters throughout": ("it was cut. it was raised.", ["it was cut.", "it was raised."]),
    "a line that begins with a small letter": (
        "It was cut. It bled.\nthe graft was taken.",
        ["It was cut.", "It bled.", "the graft was taken."],
    ),
    "an abbreviation before a line that goes on": (
        "It was cut. It took approx.\nthree hours.",
        ["It was cut.", "It took approx.\nthree hours."],
    ),
    "one letter at the end": ("It was cut. X", ["It was cut.", "X"]),
    "a stop inside quotation marks": (
        'He said "it bled." The flap was sewn.',
        ['He said "it bled."', "The flap was sewn."],
    ),
    "a stop inside brackets": (
        "It was plated (in 2019.) It broke.",
        ["It was plated (in 2019.)", "It broke."],
    ),
    "an abbreviation inside quotation marks": (
        'Seen by "Dr." Sample. Done.',
        ['Seen by "Dr." Sample.', "Done."],
    ),
    "clauses that nobody divided": (
        f"{OPENING} the bone was cut and freed the cuff was let down {SLUNG} the vein was joined",
        [
            OPENING,
            "the bone was cut and freed",
            "the cuff was let down we kept the vein we had slung",
            "under the microscope the vein was joined",
        ],
    ),
    "a place, a list and a condition among such clauses": (
        f"{OPENING} the skin over the ankle was whole the pins and the drain were in {CLAMPS_OFF}",
        [
            OPENING,
            "the skin over the ankle was whole",
            "the pins and the drain were in",
            CLAMPS_OFF,
        ],
    ),
    "the object of a verb that goes on": (
        f"{OPENING} we freed the dead ends and took it off and a pin was on it and then it bled",
        [f"{OPENING} we freed the dead ends and took it off and a pin was on it and then it bled"],
    ),
    "words that only take something back": (
        "The left foot was opened. No, wrong side. The right foot was opened. It bled.",
        ["The left foot was opened. No, wrong side. The right foot was opened.", "It bled."],
    ),
    "lines that are statements": (STATEMENTS, STATEMENTS.split("\n")),
    "a semicolon": ("It was cut; it was raised.", ["It was cut; it was raised."]),
}


def sentences(text: str, breaks: frozenset[int] = frozenset()) -> list[str]:
    tokens = tokenize(text)
    pieces = cut(text, tokens, breaks, RULES)
    return [text[tokens[p.first].start : tokens[p.after - 1].end] for p in pieces]


@pytest.mark.parametrize(("text", "expected"), CUT.values(), ids=CUT.keys())
def test_cut(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_no_words_give_no_sentence() -> None:
    assert sentences(" \n ") == []


def test_no_sentence_crosses_a_heading() -> None:
    text = "and then FINDINGS none"
    assert sentences(text, frozenset({text.index("FINDINGS")})) == ["and then", "FINDINGS none"]


def test_an_empty_line_begins_a_paragraph() -> None:
    text = "It was cut. It was raised.\n\nIt was closed."
    assert [piece.paragraph for piece in cut(text, tokenize(text), frozenset(), RULES)] == [0, 0, 1]


def test_every_word_is_in_exactly_one_sentence() -> None:
    text = "A. b\n- c; d period\n\n1) E? f"
    tokens = tokenize(text)
    pieces = cut(text, tokens, frozenset(), RULES)
    covered = [at for piece in pieces for at in range(piece.first, piece.after)]
    assert covered == list(range(len(tokens)))


def test_no_sentence_crosses_a_line_of_a_form() -> None:
    text = "side left ray 2nd"
    pieces = cut(text, tokenize(text), frozenset(), RULES, frozenset({0, 9, 10, 17}))
    assert [(piece.first, piece.after) for piece in pieces] == [(0, 2), (2, 4)]


PAUSES = {
    "between commas": ("two by, um, three", "two by three"),
    "at the start": ("Um, the foot", "the foot"),
    "without commas it parts": ("the gap um the foot", "the gap um the foot"),
    "two in a row": ("two, um, er, three", "two three"),
    "none": ("two, three", "two , three"),
}


@pytest.mark.parametrize(("said", "meant"), PAUSES.values(), ids=PAUSES.keys())
def test_what_fills_a_pause_is_left_out(said: str, meant: str) -> None:
    assert " ".join(token.word for token in without_fillers(tokenize(said), RULES)) == meant
