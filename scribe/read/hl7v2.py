"""HL7 version 2 messages: cut into segments and fields, escapes decoded, documents in the order of their parts."""

from __future__ import annotations

import base64
import itertools
import re
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from scribe.errors import UnreadableNote
from scribe.read.decode import decode

Inner = Callable[[bytes, str], str]

_FRAME: Final = b"\x0b\x1c\r\n"
_BLANKS: Final = b" \t"
# The usual separator, or another one around the marks that the segment declares.
_DECLARED: Final = rb"([!-/:-@\[-`{-~])(?:(?<=\|)|(?:(?!\1)[!-/:-@\[-`{-~]){3,5}\1)"
_START: Final = re.compile(rb"[\x0b\x1c\r\n]*+MSH" + _DECLARED)
_NEXT: Final = re.compile(rb"[\x0b\x1c\r\n]MSH" + _DECLARED)
_BATCH: Final = re.compile(rb"[\x0b\x1c\r\n]*+[FB]HS" + _DECLARED)
_SEGMENT: Final = re.compile(r"[A-Z][A-Z0-9]{2}(?=\W|$)")
_SET_ID: Final = re.compile(r"\s*[0-9]{1,9}\s*")
_CHARSETS: Final = {
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "8859/1": "cp1252",  # systems that say Latin-1 send the quotation marks of Windows
    "8859/15": "iso8859-15",
    "8859/2": "iso8859-2",
}
_OPEN_CHARSETS: Final = frozenset({"", "ASCII", "UNICODE"})
_TEXT_TYPES: Final = frozenset({"TX", "FT", "ST"})
_ENCODINGS: Final[dict[str, Callable[[str], bytes]]] = {
    "base64": lambda data: base64.b64decode("".join(data.split()), validate=True),
    "hex": bytes.fromhex,
}
_SPACING: Final = re.compile(r"\.(br|sp|ce|sk|in|ti|fi|nf)\s*([+-]?\d{1,3})?")
_HEX: Final = re.compile(r"X((?:[0-9A-Fa-f]{2})+)")
_FULL: Final = frozenset({199, 200, 255, 256, 32000, 32766, 32767, 32768, 64000, 65535, 65536})
_ENDS_WELL: Final = tuple(".!?:)]_\"'*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a message says about itself and its document, as it came, escapes included.

    Attributes:
        kind: Message type and trigger event, for example ``MDM^T02``.
        control_id: MSH-10.
        sender: MSH-3 and MSH-4.
        receiver: MSH-5 and MSH-6.
        processing_id: MSH-11.
        version: MSH-12.
        document_id: TXA-12, or the filler order number of an ORU; empty when there is none.
        parent_id: TXA-13, the document that an addendum or a replacement belongs to.
    """

    kind: str
    control_id: str
    sender: tuple[str, str]
    receiver: tuple[str, str]
    processing_id: str
    version: str
    document_id: str
    parent_id: str


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


def is_message(head: bytes) -> bool:
    """Tell an HL7 v2 message by its first bytes."""
    return bool(_START.match(head))


def is_batch(head: bytes) -> bool:
    """Tell a file of several HL7 v2 messages in one wrapper by its first bytes."""
    return bool(_BATCH.match(head))


def read_envelope(raw: bytes, name: str = "the message") -> Envelope:
    """Read what a message says about itself; cheap, and without looking at its document.

    Args:
        raw: The message, with its MLLP frame or without; segments end with CR, LF or both.
        name: How error messages call the input.

    Raises:
        UnreadableNote: It is no message, or more than one.
    """
    raw, header = _opened(raw, name)
    part = (_get(header, 2) or "^")[0]
    document, order = (_first(raw, each, header[1]) for each in ("TXA", "OBR"))
    return Envelope(
        kind=part.join(_get(header, 9).split(part)[:2]).replace(part, "^"),
        control_id=_get(header, 10),
        sender=(_get(header, 3), _get(header, 4)),
        receiver=(_get(header, 5), _get(header, 6)),
        processing_id=_get(header, 11),
        version=_get(header, 12),
        document_id=_get(document, 12) or _get(order, 3),
        parent_id=_get(document, 13),
    )


def read_document(raw: bytes, name: str, inner: Inner) -> tuple[str, tuple[int, ...]]:
    """Return the text of the document that a message carries, empty when it carries none, and the offsets at which it looks cut off.

    Args:
        raw: As for ``read_envelope``.
        name: How error messages call the input.
        inner: Reads the bytes of an attached document, given a name for messages.

    Raises:
        UnreadableNote: It is no message, more than one, or in an encoding that is not what it says.
    """
    raw, header = _opened(raw, name)
    separator = header[1]
    text, charset = _decoded(raw, header, name)
    segments = [each.split(separator) for each in _segments(text, separator)]
    return _document(segments, _marks(separator, _get(header, 2), charset), name, inner)


def _opened(raw: bytes, name: str) -> tuple[bytes, list[str]]:
    """Take off the frame, and cut the first line into fields that are numbered like those of MSH."""
    raw = raw.removeprefix(BOM_UTF8).lstrip(_FRAME + _BLANKS).rstrip(_FRAME)
    start = _START.match(raw)
    if start is None:
        msg = f"{name}: not one HL7 v2 message; it has to start with MSH and its separators, like MSH|^~\\&|"
        raise UnreadableNote(msg)
    if _NEXT.search(raw):  # each may be of another patient
        msg = f"{name}: several HL7 v2 messages; give one message at a time, or the file to scribe audit"
        raise UnreadableNote(msg)
    separator = start[1].decode("ascii")
    line = _lenient(re.split(rb"[\r\n]", raw, maxsplit=1)[0])
    return raw, ["MSH", separator, *line.split(separator)[1:]]


def _lenient(line: bytes) -> str:
    """Decode a line of names and numbers: MSH stands in front of what is known of its charset, and an answer needs it anyway."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _first(raw: bytes, kind: str, separator: str) -> list[str]:
    """Return the fields of the first segment of a kind; none where there is none."""
    end = rb"\r\n*+" if b"\r" in raw else rb"\n"
    found = re.search(end + kind.encode() + re.escape(separator.encode()) + rb"[^\r\n]*", raw)
    return _lenient(found[0].lstrip(b"\r\n")).split(separator) if found else []


def _decoded(raw: bytes, header: list[str], name: str) -> tuple[str, str]:
    """Decode the message by its MSH-18; where that is silent, by its bytes."""
    repeat = _get(header, 2)[1:2] or "~"
    declared = _get(header, 18).split(repeat)[0].strip().upper()
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
    found: list[list[str]] = []
    for line in lines:
        clean = line.lstrip("\n")
        if _SEGMENT.match(clean) and clean[3:4] in {separator, ""}:
            found.append([clean])
        elif found and clean:
            found[-1].append(clean)
    return ["\n".join(each) for each in found]


def _marks(separator: str, declared: str, charset: str) -> _Marks:
    padded = declared + "^~\\&"[len(declared) :]
    return _Marks(separator, padded[0], padded[1], padded[2], padded[3], padded[4:5], charset)


def _get(fields: list[str], number: int) -> str:
    return fields[number] if number < len(fields) else ""


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
        if all(_SET_ID.fullmatch(_get(each, 1)) for each in group):
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
    return decoded, is_cut or (len(value) in _FULL and not _ends_well(decoded))


def _ends_well(text: str) -> bool:
    """Tell whether a text ends with a sentence or a line, and not within."""
    words = text.rstrip()
    return words.endswith(_ENDS_WELL) or "\n" in text[len(words) :]


def _attached(value: str, marks: _Marks, name: str, inner: Inner) -> str:
    parts = value.split(marks.part)
    encoding, data = _get(parts, 3).strip().lower(), marks.part.join(parts[4:])
    if encoding in {"", "a"}:
        return _unescape(data, marks)
    decoder = _ENCODINGS.get(encoding)
    if decoder is None:
        msg = f"{name}: its encoding (OBX-5.4) is none of A, Hex and Base64"
        raise UnreadableNote(msg)
    try:
        document = decoder(data)
    except ValueError:
        msg = f"{name}: its data are not the encoding that OBX-5.4 declares"
        raise UnreadableNote(msg) from None
    return inner(document, name)


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
