"""Tables and message files are told by their content, and cut into notes."""

from __future__ import annotations

import io

import pytest

from scribe.batch.messages import is_messages, split_messages
from scribe.batch.tables import Columns, is_other_table, table_kind, text_rows
from scribe.render.as_csv import cell_words

HEADS = {
    "comma": (b"id,text\n1,a\n", ","),
    "tab": (b"id\ttext\n", "\t"),
    "semicolon and windows line ends": (b"id;text\r\n", ";"),
    "mark": (b"\xef\xbb\xbftext,id\n", ","),
    "quoted": (b'"id","text"\n', ","),
    "json lines": (b'{"id": 1, "text": "a"}\n', "jsonl"),
    "a note": (b"OPERATIVE NOTE, text follows\n", None),
    "one column": (b"text\nwords\n", None),
    "another column": (b"id,words\n", None),
    "a resource": (b'{"resourceType": "Bundle"}\n', None),
    "a brace": (b"{not json\n", None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize(("head", "kind"), HEADS.values(), ids=HEADS.keys())
def test_a_table_is_told_by_its_first_line(head: bytes, kind: str | None) -> None:
    assert table_kind(head, Columns()) == kind


OTHERS = {
    "comma": ("a.csv", b"id,words\n1,a\n", True),
    "tab, shouted": ("a.TSV", b"id\twords\n", True),
    "json lines": ("a.jsonl", b'{"words": "a"}\n', True),
    "in an archive": ("a.zip!/b/c.csv", b"id;words\r\n", True),
    "one column": ("a.csv", b"words\n", False),
    "a note with a comma": ("a.txt", b"OPERATIVE NOTE, text follows\n", False),
    "no lines of json": ("a.jsonl", b"OPERATIVE NOTE\n", False),
}


@pytest.mark.parametrize(("name", "head", "is_told"), OTHERS.values(), ids=OTHERS.keys())
def test_a_table_without_the_text_column_is_no_note(name: str, head: bytes, is_told: bool) -> None:
    assert is_other_table(name, head) is is_told


def contents(raw: bytes, kind: str) -> list[tuple[str, bytes]]:
    found = text_rows("t", "t", lambda: io.BytesIO(raw), kind, Columns())
    return [(each.note_id, each.load()) for each in found]


def test_a_cell_may_hold_lines_and_bytes_that_are_no_utf_8() -> None:
    raw = b'id,text\n,"a\r\nb"\n9,caf\xe9\n'
    assert contents(raw, ",") == [("t-1", b"a\r\nb"), ("9", b"caf\xe9")]


def test_empty_lines_between_json_objects_are_no_rows() -> None:
    assert contents(b'{"text": "a"}\n\n{"text": "b"}\n', "jsonl") == [("t-1", b"a"), ("t-2", b"b")]


ONE = b"MSH|^~\\&|A\rPID|1\rOBX|1|TX|a\r"


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_messages_are_cut_whatever_ends_their_lines(end: bytes) -> None:
    raw = (b"FHS|^~\\&\rBHS|^~\\&\r" + ONE + ONE + b"BTS|2\rFTS|1\r").replace(b"\r", end)
    found = list(split_messages("f", "f", lambda: io.BytesIO(raw), 1000))
    assert [(each.part, each.note_id, each.load()) for each in found] == [
        (1, "f-1", ONE),
        (2, "f-2", ONE),
    ]


def test_a_single_message_has_no_parts() -> None:
    raw = b"\x0b" + ONE + b"\x1c\r"
    found = list(split_messages("f", "f", lambda: io.BytesIO(raw), 1000))
    assert [(each.part, each.note_id, each.load()) for each in found] == [(0, "f", ONE)]


def test_messages_are_told_by_their_first_bytes() -> None:
    heads = (ONE, b"\x0b" + ONE, b"BHS|^~\\&", b"FHS$%*?@$A", b"MSHA", b"see MSH|")
    assert [is_messages(each) for each in heads] == [True, True, True, True, False, False]


def test_messages_with_separators_of_their_own_are_cut() -> None:
    other = b"MSH$%*?@$A\rOBX$1$TX$a\r"
    found = split_messages("f", "f", lambda: io.BytesIO(other + ONE + other), 1000)
    assert [each.load() for each in found] == [other, ONE, other]


CELLS = {
    "=1+1": "'=1+1",
    "@x": "'@x",
    "-5 cm": "'-5 cm",
    "A. Bravo": "A. Bravo",
    -5: "-5",
    0.5: "0.5",
    True: "yes",
    None: "",
}


@pytest.mark.parametrize(("cell", "words"), CELLS.items())
def test_no_cell_is_a_formula(cell: object, words: str) -> None:
    assert cell_words(cell) == words
