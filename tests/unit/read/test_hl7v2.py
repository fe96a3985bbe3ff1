"""HL7 v2 messages as dictation systems send them, checked against another reader where it can read them."""

from __future__ import annotations

import base64
import contextlib
import time
from typing import TYPE_CHECKING

import pytest
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message
from hypothesis import given
from hypothesis import strategies as st

from scribe.errors import EmptyNote, NoteError, UnreadableNote
from scribe.read import read_note
from scribe.read.hl7v2 import read_envelope

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = (
    "MSH|^~\\&|DICT|WEST|SCRIBE|WEST|20260102030405||MDM^T02^MDM_T02|M-1|P|2.5.1||||||{charset}"
)
TXA = "TXA|1|OP|TX|||||||||DOC-1^X|DOC-0"


def message(*parts: str, end: str = "\r", charset: str = "UNICODE UTF-8") -> bytes:
    codec = {"8859/1": "cp1252", "": "cp1252"}.get(charset, "utf-8")
    return end.join([HEADER.format(charset=charset), TXA, *parts, ""]).encode(codec)


def obx(number: int, value: str, kind: str = "TX") -> str:
    return f"OBX|{number}|{kind}|11504-8^Surgical operation note^LN||{value}||||||F"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"], ids=["cr", "lf", "crlf"])
def test_segments_end_in_any_way(end: str) -> None:
    data = message(obx(1, "FINDINGS: bone."), obx(2, "PLAN: rest."), end=end)
    assert read_note(data).text == "FINDINGS: bone.\nPLAN: rest."


def test_the_frame_of_mllp_is_no_part_of_it() -> None:
    assert read_note(b"\x0b" + message(obx(1, "text")) + b"\x1c\r").text == "text"


@pytest.mark.parametrize(
    "second",
    [message(obx(1, "b"), end="\n"), b"\x0b" + message(), b"MSH$%*?@$A\r"],
    ids=["other line ends", "framed", "other separators"],
)
@pytest.mark.parametrize("read", [read_note, read_envelope])
def test_of_two_messages_neither_is_taken(read: Callable[[bytes], object], second: bytes) -> None:
    with pytest.raises(UnreadableNote, match="one message at a time, or the file to scribe audit"):
        read(message(obx(1, "a")) + second)


def test_a_message_may_stand_behind_blanks() -> None:
    assert read_note(b" \r\n\t" + message(obx(1, "text"))).source_format == "hl7v2"


def test_parts_stand_in_the_order_of_their_set_ids() -> None:
    assert read_note(message(obx(2, "b"), obx(10, "c"), obx(1, "a"))).text == "a\nb\nc"


def test_parts_without_set_ids_stand_as_they_came() -> None:
    parts = (obx(1, each).replace("OBX|1", "OBX|") for each in "ba")
    assert read_note(message(*parts)).text == "b\na"


def test_repetitions_are_lines() -> None:
    assert read_note(message(obx(1, "one~two~~three"))).text == "one\ntwo\n\nthree"


def test_a_line_that_starts_no_segment_goes_on_with_the_one_before() -> None:
    data = message(obx(1, "first\nsecond"), end="\n")
    assert read_note(data).text.startswith("first\nsecond")


ESCAPES = {
    "field": ("a\\F\\b", "a|b"),
    "component": ("a\\S\\b", "a^b"),
    "repetition": ("a\\R\\b", "a~b"),
    "subcomponent": ("a\\T\\b", "a&b"),
    "escape": ("a\\E\\b", "a\\b"),
    "escaped escape is no start": ("\\E\\F\\E\\", "\\F\\"),
    "line": ("a\\.br\\b", "a\nb"),
    "spaces": ("a\\.sp2\\b", "a\n\nb"),
    "space with a blank": ("a\\.sp 2\\b", "a\n\nb"),
    "skip": ("a\\.sk3\\b", "a   b"),
    "indent": ("a\\.in+4\\b", "ab"),
    "highlight": ("\\H\\bold\\N\\", "bold"),
    "hex": ("6\\XC397\\4", "6\N{MULTIPLICATION SIGN}4"),
    "hex line end": ("a\\X0D0A\\b", "a\nb"),
    "unknown stays": ("C:\\temp\\x", "C:\\temp\\x"),
    "unfinished stays": ("50\\ of", "50\\ of"),
    "plain ampersand": ("skin & bone ^", "skin & bone ^"),
}


@pytest.mark.parametrize(("sent", "read"), ESCAPES.values(), ids=ESCAPES.keys())
def test_an_escape(sent: str, read: str) -> None:
    assert read_note(message(obx(1, sent, "FT"))).text == read


@pytest.mark.parametrize("charset", ["UNICODE UTF-8", "8859/1", ""])
def test_a_character_set(charset: str) -> None:
    assert read_note(message(obx(1, "37\N{DEGREE SIGN} État"), charset=charset)).text == "37° État"


def test_a_character_set_that_is_not_what_it_says_is_refused() -> None:
    data = message(obx(1, "x")).replace(b"|x|", b"|\xe9|")
    with pytest.raises(UnreadableNote, match="MSH-18"):
        read_note(data)


def test_an_attached_text_is_read() -> None:
    data = base64.b64encode("PLAN: État.".encode()).decode()
    assert read_note(message(obx(1, f"DICT^TEXT^PLAIN^Base64^{data}", "ED"))).text == "PLAN: État."


def test_a_damaged_attachment_is_refused() -> None:
    with pytest.raises(UnreadableNote, match="OBX 1"):
        read_note(message(obx(1, "DICT^TEXT^PLAIN^Base64^@@@", "ED")))


def test_a_message_without_a_document_is_no_note() -> None:
    with pytest.raises(EmptyNote, match="no document"):
        read_note(message())


def test_the_header_is_read() -> None:
    read = read_envelope(message(obx(1, "x")))
    assert (read.kind, read.control_id, read.document_id, read.parent_id) == (
        "MDM^T02",
        "M-1",
        "DOC-1^X",
        "DOC-0",
    )


CUT = {
    "marked as cut": (obx(1, "text#"), "|^~\\&#|", (4,)),
    "full and in mid-word": (obx(1, "a" * 32767), "|^~\\&|", (32767,)),
    "the second of two": (obx(1, "one.") + "\r" + obx(2, "text#"), "|^~\\&#|", (9,)),
    "full and ended well": (obx(1, "a" * 32766 + "."), "|^~\\&|", ()),
    "short": (obx(1, "ends in mid-word"), "|^~\\&|", ()),
}


@pytest.mark.parametrize(("part", "marks", "cut"), CUT.values(), ids=CUT.keys())
def test_a_part_that_looks_cut_off_is_told(part: str, marks: str, cut: tuple[int, ...]) -> None:
    data = message(part).replace(b"|^~\\&|", marks.encode(), 1)
    assert read_note(data).cut_at == cut


def test_other_separators_are_taken_from_the_header() -> None:
    data = b"MSH$%*?@$A$B$C$D$$$MDM%T02$1$P$2.5\rOBX$1$TX$x$$a?F?b*c|d\r"
    assert read_note(data).text == "a$b\nc|d"


def test_another_reader_cuts_the_same_fields() -> None:
    data = message(obx(1, "FINDINGS: a\\T\\b"), obx(2, "PLAN: none"))
    oracle = parse_message(
        data.decode(), find_groups=False, validation_level=VALIDATION_LEVEL.TOLERANT
    )
    values = [each.obx_5.value for each in oracle.children if each.name == "OBX"]
    assert read_note(data).text == "\n".join(values).replace("\\T\\", "&")


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1
    ).filter(str.strip)
)
def test_an_escaped_text_comes_back(text: str) -> None:
    marks = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\"}
    sent = "".join(marks.get(each, each) for each in text)
    assert read_note(message(obx(1, sent, "FT"))).text == text


@given(
    st.sampled_from([b"MSH|^~\\&|", b"MSH|", b"MSH", HEADER.encode() + b"\rOBX|"]),
    st.binary(max_size=300),
)
def test_any_bytes_are_read_or_refused(start: bytes, data: bytes) -> None:
    for read in (read_envelope, read_note):
        with contextlib.suppress(NoteError):
            read(start + data)


NO_MESSAGES = {
    "a line that ends behind MSH": b"MSH\rABCDEFGH",
    "empty lines behind MSH": b"MSH\n\n\nPID|1",
    "a letter as separator": b"MSHA^~\\&AB",
    "a word": b"MSHA",
    "a line of dashes": b"MSH----- note",
    "nothing more": b"MSH",
}


@pytest.mark.parametrize("data", NO_MESSAGES.values(), ids=NO_MESSAGES.keys())
def test_a_start_without_separators_is_no_message(data: bytes) -> None:
    with pytest.raises(UnreadableNote, match="separators"):
        read_envelope(data)


def test_an_envelope_is_read_whatever_its_document_holds() -> None:
    data = message(obx(1, "x"), charset="8859/7").replace(b"|x|", b"|\xff|")
    assert read_envelope(data).control_id == "M-1"


def test_a_set_id_too_long_for_a_number_orders_nothing() -> None:
    data = message(obx(2, "a"), obx(1, "b").replace("OBX|1", f"OBX|{'1' * 5000}"))
    assert read_note(data).text == "a\nb"


LONG = {
    "lines that start no segment": obx(1, "a" + "\n b" * 500_000),
    "blank lines up to the length that looks cut": "\r".join(
        obx(number, "~" * 65_534 + ".x") for number in range(1, 11)
    ),
}


@pytest.mark.parametrize("part", LONG.values(), ids=LONG.keys())
def test_a_long_message_takes_no_longer_than_its_length_asks(part: str) -> None:
    began = time.process_time()
    read_note(message(part, end="\n" if "\n" in part else "\r"))
    assert time.process_time() - began < 5
