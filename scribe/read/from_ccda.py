"""C-CDA documents: the narrative of each section under its title, in the order of the document."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, ParseError  # types only: parsing is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scribe.errors import EmptyNote, NoteTooLarge, UnreadableNote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NS: Final = "{urn:hl7-org:v3}"
_MOST_DEPTH: Final = 60
_LINES: Final = frozenset(
    {"paragraph", "list", "item", "table", "tr", "br", "caption", "thead", "tbody", "tfoot"}
)
_CELLS: Final = frozenset({"td", "th"})
_SPACE: Final = re.compile(r"[ \t\r\n]+")
# Names of LOINC codes, for sections that come without a title.
_TITLES: Final = {
    "10213-7": "ANESTHESIA",
    "10216-0": "SURGICAL DRAINS",
    "10218-6": "POSTOPERATIVE DIAGNOSIS",
    "10219-4": "PREOPERATIVE DIAGNOSIS",
    "10223-6": "PROCEDURE",
    "10830-8": "COMPLICATIONS",
    "29554-3": "DESCRIPTION OF PROCEDURE",
    "55109-3": "COMPLICATIONS",
    "55122-6": "IMPLANTS",
    "59768-2": "INDICATIONS",
    "59769-0": "POSTOPERATIVE DIAGNOSIS",
    "59770-8": "ESTIMATED BLOOD LOSS",
    "59771-6": "IMPLANTS",
    "59772-4": "PLANNED PROCEDURE",
    "59773-2": "SPECIMENS",
    "59775-7": "DISPOSITION",
    "59776-5": "FINDINGS",
    "8724-7": "DESCRIPTION OF PROCEDURE",
    "18776-5": "PLAN",
}


def read_ccda(raw: bytes, name: str, inner: Callable[[bytes, str], str]) -> str:
    """Read a C-CDA document.

    A section that is declared empty (``nullFlavor``) keeps its title, with whatever its narrative says and nothing else.

    Args:
        raw: The XML.
        name: How messages call the input.
        inner: Reads the bytes of a body that is no XML, given a name for messages.

    Raises:
        NoteError: It is damaged, nested too deeply, declares a DTD, or has no body.
    """
    try:
        document = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException:
        msg = f"{name}: the XML declares a DTD or entities, which are not read; send it without"
        raise UnreadableNote(msg) from None
    except (ParseError, ValueError, LookupError):
        msg = f"{name}: damaged XML; export the document again"
        raise UnreadableNote(msg) from None
    _check_depth(document, name)
    foreign = document.find(f"{_NS}component/{_NS}nonXMLBody/{_NS}text")
    if foreign is not None:
        return _foreign(foreign, name, inner)
    body = document.find(f"{_NS}component/{_NS}structuredBody")
    blocks = [] if body is None else list(_sections(body))
    if not blocks:
        msg = f"{name}: the document has no section with text; send an operative note"
        raise EmptyNote(msg)
    return "\n\n".join(blocks)


def _check_depth(document: Element, name: str) -> None:
    level = [document]
    for _ in range(_MOST_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    msg = f"{name}: XML nested more than {_MOST_DEPTH} levels deep; send one operative note"
    raise NoteTooLarge(msg)


def _foreign(element: Element, name: str, inner: Callable[[bytes, str], str]) -> str:
    words = "".join(element.itertext())
    if element.get("representation") != "B64":
        return words
    try:
        return inner(base64.b64decode(re.sub(r"\s", "", words), validate=True), name)
    except binascii.Error:
        msg = f"{name}: its body is not the Base64 that it declares"
        raise UnreadableNote(msg) from None


def _sections(parent: Element) -> Iterator[str]:
    for component in parent.findall(f"{_NS}component"):
        section = component.find(f"{_NS}section")
        if section is None:
            continue
        title, text = _title(section), section.find(f"{_NS}text")
        words = _narrative(text) if text is not None else ""
        if title or words:
            yield "\n".join(each for each in (f"{title}:" if title else "", words) if each)
        yield from _sections(section)


def _title(section: Element) -> str:
    title = section.find(f"{_NS}title")
    words = _SPACE.sub(" ", "".join(title.itertext())).strip() if title is not None else ""
    if words:
        return words.rstrip(":")
    code = section.find(f"{_NS}code")
    return _TITLES.get(code.get("code", ""), "") if code is not None else ""


def _narrative(text: Element) -> str:
    lines = (line.strip() for line in "".join(_words(text)).split("\n"))
    return "\n".join(line for line in lines if line)


def _words(element: Element) -> Iterator[str]:
    tag = element.tag.removeprefix(_NS)
    edge = "\n" if tag in _LINES else "\t" if tag in _CELLS else ""
    yield edge
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        yield from _words(child)
        yield _SPACE.sub(" ", child.tail or "")
    yield edge if edge == "\n" else ""
