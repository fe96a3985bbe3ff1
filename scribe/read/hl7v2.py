"""HL7 version 2 messages: cut into segments and fields, escapes decoded, documents in the order of their parts."""

from __future__ import annotations

import base64
import binascii
import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scribe.errors import UnreadableNote
from scribe.read.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    Inner = Callable[[bytes, str], str]

_FRAME: Final = b"\x0b\x1c\r\n"
_SEGMENT: Final = re.compile(r"[A-Z][A-Z0-9]{2}(?=\W|$)")
_HEADER_CHARS: Final = 8
_CHARSETS: Final = {
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "8859/1": "cp1252",  # systems that say Latin-1 send the quotation marks of Windows
    "8859/15": "iso8859-15",
    "8859/2": "iso8859-2",
}
_OPEN_CHARSETS: Final = frozenset({"", "ASCII", "UNICODE"})
_TEXT_TYPES: Final = frozenset({"TX", "FT", "ST"})
_SPACING: Final = re.compile(r"\.(br|sp|ce|sk|in|ti|fi|nf)\s*([+-]?\d{1,3})?")
_HEX: Final = re.compile(r"X((?:[0-9A-Fa-f]{2})+)")
_FULL: Final = frozenset({199, 200, 255, 256, 32000, 32766, 32767, 32768, 64000, 65535, 65536})
_ENDS_WELL: Final = re.compile(r"[.!?:)\]_\"'*]\s*$|\n\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hl7Message:
    """One message, as far as a reader of notes needs it. Header fields are as they came, escapes included.

    Attributes:
        kind: Message type and trigger event, for example ``MDM^T02``.
        control_id: MSH-10.
        sender: MSH-3 and MSH-4.
        receiver: MSH-5 and MSH-6.
        processing_id: MSH-11.
        version: MSH-12.
        document_id: TXA-12, or the filler order number of an ORU; empty when there is none.
        parent_id: TXA-13, the document that an addendum or a replacement belongs to.
        text: The decoded document; empty when the message carries none.
        cut_at: Offsets of the text at which an OBX segment that looks cut off ends.
    """

    kind: str
    control_id: str
    sender: tuple[str, str]
    receiver: tuple[str, str]
    processing_id: str
    version: str
    document_id: str
    parent_id: str
    text: str = field(repr=False)
    cut_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Marks:
    """The separators that MSH declares, and the charset."""

    field: str
    part: str
    repeat: str
    escape: str
    sub: str
    cut: str
    charset: str


def read_message(raw: bytes, name: str, inner: Inner) -> Hl7Message:
    """Read one message.

    Args:
        raw: The message, with its MLLP frame or without; segments end with CR, LF or both.
        name: How error messages call the input.
        inner: Reads the bytes of an attached document, given a name for messages.

    Raises:
        UnreadableNote: It is no message, or in an encoding that is not what it says.
    """
    raw = raw.strip(_FRAME)
    if not raw.startswith(b"MSH") or len(raw) <= _HEADER_CHARS:
        msg = f"{name}: not one HL7 v2 message; it has to start with MSH"
        raise UnreadableNote(msg)
    text, charset = _decoded(raw, name)
    separator = text[3]
    segments = [each.split(separator) for each in _segments(text, separator)]
    header = ["MSH", separator, *segments[0][1:]]
    marks = _marks(separator, _get(header, 2), charset)
    text_of_document, cut_at = _document(segments, marks, name, inner)
    return Hl7Message(
        kind=marks.part.join(_get(header, 9).split(marks.part)[:2]).replace(marks.part, "^"),
        control_id=_get(header, 10),
        sender=(_get(header, 3), _get(header, 4)),
        receiver=(_get(header, 5), _get(header, 6)),
        processing_id=_get(header, 11),
        version=_get(header, 12),
        document_id=_document_id(segments, "TXA", 12) or _document_id(segments, "OBR", 3),
        parent_id=_document_id(segments, "TXA", 13),
        text=text_of_document,
        cut_at=cut_at,
    )


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """Decode the message by its MSH-18; where that is silent, by its bytes."""
    head = re.split(rb"[\r\n]", raw, maxsplit=1)[0].decode("latin-1")
    fields = head.split(head[3])
    repeat = fields[1][1:2] or "~"
    declared = (fields[17] if len(fields) > 17 else "").split(repeat)[0].strip().upper()
    if declared in _OPEN_CHARSETS:
        text = decode(raw, name)
        return text, "utf-8" if text.encode() == raw else "cp1252"
    codec = _CHARSETS.get(declared)
    if codec is None:
        msg = f"{name}: its character set (MSH-18) is not read; send UNICODE UTF-8"
        raise UnreadableNote(msg)
    try:
        return raw.decode(codec), codec
    except UnicodeDecodeError as error:
        msg = f"{name}: not in the character set that MSH-18 declares, see byte {error.start}; declare what is sent"
        raise UnreadableNote(msg) from None


def _segments(text: str, separator: str) -> list[str]:
    """Cut into segments; a line that starts no segment belongs to the one before."""
    lines = text.replace("\r\n", "\r").split("\r") if "\r" in text else text.split("\n")
    found: list[str] = []
    for line in lines:
        clean = line.lstrip("\n")
        match = _SEGMENT.match(clean)
        if match and clean[3:4] in {separator, ""}:
            found.append(clean)
        elif found and clean:
            found[-1] += "\n" + clean
    return found


def _marks(separator: str, declared: str, charset: str) -> _Marks:
    padded = declared + "^~\\&"[len(declared) :]
    return _Marks(separator, padded[0], padded[1], padded[2], padded[3], padded[4:5], charset)


def _get(fields: list[str], number: int) -> str:
    return fields[number] if number < len(fields) else ""


def _document_id(segments: list[list[str]], kind: str, number: int) -> str:
    return next((_get(each, number) for each in segments if each[0] == kind), "")


def _document(
    segments: list[list[str]], marks: _Marks, name: str, inner: Inner
) -> tuple[str, tuple[int, ...]]:
    parts: list[str] = []
    cut_at: list[int] = []
    length = 0
    number = itertools.count(1)
    for group in _groups(segments):
        for observation in group:
            place = next(number)
            value, is_cut = _value(observation, marks, f"{name}, OBX {place}", inner)
            if value is None:
                continue
            length += len(value) + (1 if parts else 0)
            parts.append(value)
            if is_cut:
                cut_at.append(length)
    return "\n".join(parts), tuple(cut_at)


def _groups(segments: list[list[str]]) -> list[list[list[str]]]:
    """Return the OBX segments under each OBR or TXA, in the order of their set ids where all have one."""
    groups: list[list[list[str]]] = [[]]
    for segment in segments:
        if segment[0] in {"OBR", "TXA"}:
            groups.append([])
        elif segment[0] == "OBX":
            groups[-1].append(segment)
    for group in groups:
        if all(_get(each, 1).strip().isdecimal() for each in group):
            group.sort(key=lambda each: int(_get(each, 1)))
    return groups


def _value(
    observation: list[str], marks: _Marks, name: str, inner: Inner
) -> tuple[str | None, bool]:
    kind, value = _get(observation, 2).strip().upper(), _get(observation, 5)
    if kind == "ED":
        return _attached(value, marks, name, inner), False
    if kind not in _TEXT_TYPES:
        return None, False
    is_cut = bool(marks.cut) and value.endswith(marks.cut)
    if is_cut:
        value = value.removesuffix(marks.cut)
    lines = [_unescape(each, marks) for each in value.split(marks.repeat)]
    decoded = "\n".join(lines)
    looks_cut = len(value) in _FULL and not _ENDS_WELL.search(decoded)
    return decoded, is_cut or looks_cut


def _attached(value: str, marks: _Marks, name: str, inner: Inner) -> str:
    parts = value.split(marks.part)
    encoding, data = _get(parts, 3).strip().lower(), marks.part.join(parts[4:])
    if encoding in {"", "a"}:
        return _unescape(data, marks)
    try:
        if encoding == "base64":
            return inner(base64.b64decode(re.sub(r"\s", "", data), validate=True), name)
        if encoding == "hex":
            return inner(bytes.fromhex(data), name)
    except (binascii.Error, ValueError):
        msg = f"{name}: its data are not the encoding that OBX-5.4 declares"
        raise UnreadableNote(msg) from None
    msg = f"{name}: its encoding (OBX-5.4) is none of A, Hex and Base64"
    raise UnreadableNote(msg)


def _unescape(text: str, marks: _Marks) -> str:
    """Decode the escapes of a field; one that nobody knows stays as it is, since it may be text."""
    escape = marks.escape
    if escape not in text:
        return text
    plain = {
        "F": marks.field,
        "S": marks.part,
        "R": marks.repeat,
        "E": escape,
        "T": marks.sub,
        "H": "",
        "N": "",
    }
    out: list[str] = []
    at = 0
    while (start := text.find(escape, at)) >= 0:
        out.append(text[at:start])
        end = text.find(escape, start + 1)
        word = text[start + 1 : end] if end > 0 else None
        decoded = None if word is None else _escape(word, plain, marks.charset)
        if decoded is None:
            out.append(escape)
            at = start + 1
        else:
            out.append(decoded)
            at = end + 1
    out.append(text[at:])
    return "".join(out)


def _escape(word: str, plain: dict[str, str], charset: str) -> str | None:
    if word in plain:
        return plain[word]
    if match := _SPACING.fullmatch(word):
        command, number = match[1], int(match[2] or 1)
        if command in {"br", "sp", "ce"}:
            return "\n" * (max(1, number) if command == "sp" else 1)
        return " " * number if command == "sk" and number > 0 else ""
    if match := _HEX.fullmatch(word):
        return _hex(bytes.fromhex(match[1]), charset)
    return None


def _hex(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
