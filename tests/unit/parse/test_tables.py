"""Tables of several columns: whether rows or columns are the things, and what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.parse.tables import find_tables
from scribe.types.note import Note

if TYPE_CHECKING:
    from scribe.parse.nlp import Parser
    from scribe.rules.language import Language

ROWS = """\
| Vessel | Flap | Recipient | Type |
|---|---|---|---|
| Artery | dorsalis pedis | radial | end-to-side |
| Vein | vena comitans | cephalic | end-to-end |
"""
ENDS = """\
Vessel | Flap side | Neck side | How
Artery | radial    | facial    | end-to-end
Vein 1 | cephalic  | jugular   | end-to-end
"""
ANSWERED = """\
| Field | Value | Confidence |
|---|---|---|
| Donor side | left | 97 % |
| Bone length | 6 cm | 90 % |
| Vein | comitans | 80 % |
"""
COLUMNS = """\
| | Artery | Vein |
|---|---|---|
| Flap vessel | dorsalis pedis | vena comitans |
| Recipient | radial | cephalic |
| Type | end-to-side | end-to-end |
| Coupler (mm) | n/a | 2.5 |
"""
BLANKS = """\
                 Artery             Vein
Flap vessel      dorsalis pedis     vena comitans
Recipient        radial             cephalic
Type             end-to-side        end-to-end
"""
DRAWN = """\
+-----------+---------+----------+
|           | Join 1  | Join 2   |
+-----------+---------+----------+
| Kind      | artery  | vein     |
| Recipient | radial  | cephalic |
+-----------+---------+----------+
"""
WIDE = """\
      flap vessel        neck vessel    type          method
A1    dorsalis pedis     facial         end-to-end    8-0 nylon
V1    vena comitans      jugular        end-to-side   9-0 nylon
"""
BOOKED = """\
| | Booked | Done |
|---|---|---|
| Donor bone | 2nd metatarsal | 5th metatarsal |
| Size | 6 cm | 4.5 cm |
"""
NO_TABLES = {
    "two columns": "| Skin | none |\n| Side | left |\n",
    "one row": "| a | b | c |\n",
    "prose with a bar": "It was cut | raised | moved and so on.\nThen it was closed.\n",
    "leaders with a remark behind": (
        "Flap vein ....... comitans    [nurse]\nType ............  coupler    [nurse]\n"
        "Time ............  80 min    [nurse]\n"
    ),
    "columns of blanks that are rows": "Artery   dorsalis pedis   radial\nVein   comitans   cephalic\n",
}


@pytest.mark.parametrize(
    ("text", "by_column"),
    [(ROWS, False), (COLUMNS, True), (BLANKS, True), (DRAWN, True)],
    ids=["rows", "columns", "columns of blanks", "drawn with rules"],
)
def test_the_words_of_the_edges_tell_what_the_things_are(
    text: str, by_column: bool, language: Language
) -> None:
    assert [t.by_column for t in find_tables(text, language.words.tables)] == [by_column]


@pytest.mark.parametrize("text", NO_TABLES.values(), ids=NO_TABLES.keys())
def test_other_layouts_are_no_tables(text: str, language: Language) -> None:
    assert find_tables(text, language.words.tables) == []


def told(text: str, parser: Parser) -> list[str]:
    told = f"ANASTOMOSES of the metatarsal flap\n{text}CLOSURE: done."
    sentences = parser.parse(Note(id="table", text=told, format="text", sha256="")).sentences
    return [" ".join(item.word for item in sentence.items) for sentence in sentences]


@pytest.mark.parametrize("text", [COLUMNS, BLANKS], ids=["bars", "blanks"])
def test_a_column_is_one_sentence(text: str, parser: Parser) -> None:
    assert "artery dorsalis_pedis to radial end_to_side" in " / ".join(told(text, parser))


def test_a_bare_value_keeps_its_label(parser: Parser) -> None:
    assert any("coupler ( mm ) : 2.5" in sentence for sentence in told(COLUMNS, parser))


def test_rows_that_are_joins_are_the_things_though_their_labels_name_vessels(
    parser: Parser,
) -> None:
    assert "artery : radial to facial end_to_end" in told(ENDS, parser)


def test_a_column_of_answers_makes_each_row_a_field(parser: Parser) -> None:
    assert "donor_side : left" in " / ".join(told(ANSWERED, parser))


def test_the_ends_of_a_join_may_stand_in_columns_of_blanks(parser: Parser) -> None:
    assert "1 : dorsalis_pedis to facial end_to_end 8_-_0 nylon" in told(WIDE, parser)


def test_a_column_of_what_was_booked_beside_one_of_what_was_done_is_a_plan(parser: Parser) -> None:
    note = Note(id="table", text=f"ANASTOMOSES of the flap\n{BOOKED}", format="text", sha256="")
    frames = {
        item.word: sentence.frame
        for sentence in parser.parse(note).sentences
        for item in sentence.items
    }
    assert (frames["2nd"], frames["5th"]) == ("plan", "today")


def test_a_row_is_one_sentence(parser: Parser) -> None:
    assert "vein : vena_comitans to cephalic end_to_end" in told(ROWS, parser)
