"""Bytes to text: UTF-8, UTF-16 with its mark, Windows-1252. Line ends and spaces stay as they came."""

from __future__ import annotations

import codecs
import re

from scribe.errors import UnreadableNote

_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.02
_ZERO_SHARE = 0.8
_MEND = "save it again as UTF-8 text"


def decode(raw: bytes, name: str) -> str:
    """Decode the bytes of a text file; a byte-order mark is not part of the text.

    Args:
        raw: The whole input.
        name: How messages call the input.

    Raises:
        UnreadableNote: The bytes are binary, damaged, or in an encoding that cannot be told.
    """
    if raw.startswith(codecs.BOM_UTF8):
        return _decode_as(raw[len(codecs.BOM_UTF8) :], "utf-8", "UTF-8", name)
    if raw.startswith(_UTF32_MARKS):
        msg = f"{name}: UTF-32 text is not read; {_MEND}"
        raise UnreadableNote(msg)
    if raw.startswith(_UTF16_MARKS):
        return _decode_as(raw, "utf-16", "UTF-16", name)
    _refuse_binary(raw, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_unmarked(raw, name)


def _decode_as(raw: bytes, codec: str, label: str, name: str) -> str:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        msg = f"{name}: marked as {label}, but damaged at byte {error.start}; {_MEND}"
        raise UnreadableNote(msg) from None
    if "\0" in text:
        msg = f"{name}: binary, not a text; export the note as plain text"
        raise UnreadableNote(msg)
    return text


def _refuse_binary(raw: bytes, name: str) -> None:
    if _is_unmarked_utf16(raw):
        msg = f"{name}: UTF-16 without a byte-order mark; {_MEND}"
        raise UnreadableNote(msg)
    if b"\0" in raw or _is_controlled(raw):
        msg = f"{name}: binary, not a text; export the note as plain text"
        raise UnreadableNote(msg)


def _is_unmarked_utf16(raw: bytes) -> bool:
    """Tell whether every second byte is mostly zero, as in English text, and the others are text."""
    for high, low in ((raw[::2], raw[1::2]), (raw[1::2], raw[::2])):
        if high and high.count(0) > _ZERO_SHARE * len(high):
            return b"\0" not in low and not _is_controlled(low)
    return False


def _is_controlled(raw: bytes) -> bool:
    return len(_CONTROL.findall(raw)) > _CONTROL_SHARE * len(raw)


def _decode_unmarked(raw: bytes, name: str) -> str:
    """Read Windows-1252, unless the bytes are UTF-8 that was damaged on the way."""
    sequences = _MULTIBYTE.findall(raw)
    stray = len(_HIGH.findall(raw)) - sum(map(len, sequences))
    if len(sequences) > stray:
        msg = f"{name}: UTF-8 text with damaged characters; {_MEND}"
        raise UnreadableNote(msg)
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        msg = f"{name}: unknown encoding, byte {error.start} is neither UTF-8 nor Windows-1252; {_MEND}"
        raise UnreadableNote(msg) from None
