"""FHIR R4 resources that carry a note: DocumentReference, Composition, DiagnosticReport, Binary, or a Bundle of them."""

from __future__ import annotations

import base64
import binascii
import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from scribe.errors import EmptyNote, UnreadableNote
from scribe.read.from_html import html_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Inner = Callable[[bytes, str], str]

_LOINC: Final = "http://loinc.org"
# Surgical operation note, and the procedure notes beside it.
_NOTE_CODES: Final = frozenset({"11504-8", "28570-0", "34137-0", "34868-0", "8724-7"})


class NoteResource(StrEnum):
    """Kinds of resources that can carry a note."""

    DOCUMENT_REFERENCE = "DocumentReference"
    BUNDLE = "Bundle"
    COMPOSITION = "Composition"
    DIAGNOSTIC_REPORT = "DiagnosticReport"
    BINARY = "Binary"


NOTE_RESOURCES: Final = frozenset(each.value for each in NoteResource)
_CARRIERS: Final = tuple(each.value for each in NoteResource if each is not NoteResource.BUNDLE)
_ORDER: Final = (
    "text/plain",
    "text/markdown",
    "text/html",
    "application/xhtml+xml",
    "text/rtf",
    "application/rtf",
)
_MOST_SECTIONS: Final = 200
# A reference as FHIR writes it: relative, or with the address of a server in front; perhaps one version of it.
_BINARY: Final = re.compile(
    r"(?:^|/)(Binary/[A-Za-z0-9.\-]{1,64})(?:/_history/[A-Za-z0-9.\-]{1,64})?$"
)


def read_fhir(raw: bytes, name: str, inner: Inner) -> str:
    """Return the text of the note that a resource carries.

    Args:
        raw: The JSON.
        name: How messages call the input.
        inner: Reads the bytes of an attachment, given a name for messages.

    Raises:
        NoteError: It is damaged, carries no note or several, or points to one that would have to be fetched.
    """
    try:
        resource = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        msg = f"{name}: damaged JSON; send one FHIR resource in UTF-8"
        raise UnreadableNote(msg) from None
    if not isinstance(resource, dict):
        msg = f"{name}: not one FHIR resource; send a DocumentReference or a Bundle"
        raise UnreadableNote(msg)
    carriers, binaries = _carriers(resource)
    return _text(_the_one(carriers, name), binaries, name, inner)


def _carriers(resource: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return what carries notes, and by every name the binaries that they may point to."""
    entries = _objects(resource.get("entry")) if resource.get("resourceType") == "Bundle" else []
    found = [(each.get("fullUrl"), each.get("resource")) for each in entries] or [(None, resource)]
    resources = [(url, each) for url, each in found if isinstance(each, dict)]
    binaries = {}
    for url, each in resources:
        if each.get("resourceType") == "Binary":
            binaries[str(url)] = binaries[f"Binary/{each.get('id')}"] = each
    carriers = [each for _, each in resources if each.get("resourceType") in _CARRIERS]
    others = [each for each in carriers if each.get("resourceType") != "Binary"]
    return others or carriers, binaries


def _the_one(carriers: list[dict[str, Any]], name: str) -> dict[str, Any]:
    named = [each for each in carriers if _is_note(each)]
    kept = named or carriers
    if not kept:
        msg = (
            f"{name}: no note in this resource; send a {', '.join(_CARRIERS)} or a Bundle with one"
        )
        raise EmptyNote(msg)
    if len(kept) > 1:
        msg = f"{name}: several notes in one Bundle; send one, or give it alone the LOINC code 11504-8"
        raise UnreadableNote(msg)
    return kept[0]


def _is_note(resource: dict[str, Any]) -> bool:
    concept = resource.get("type") or resource.get("code")
    codings = _objects(concept.get("coding")) if isinstance(concept, dict) else []
    return any(each.get("system") == _LOINC and each.get("code") in _NOTE_CODES for each in codings)


def _text(
    resource: dict[str, Any], binaries: dict[str, dict[str, Any]], name: str, inner: Inner
) -> str:
    kind = resource.get("resourceType")
    if kind == "Composition":
        return "\n\n".join(_blocks(resource, [0]))
    if kind == "Binary":
        return _attached(resource, binaries, name, inner)
    if kind == "DocumentReference":
        attachments = [each.get("attachment") for each in _objects(resource.get("content"))]
    else:
        attachments = list(_objects(resource.get("presentedForm")))
    usable = [each for each in attachments if isinstance(each, dict)]
    if not usable:
        msg = f"{name}: the {kind} has no attachment; put the note into it as Base64"
        raise EmptyNote(msg)
    return _attached(min(usable, key=_preference), binaries, name, inner)


def _preference(attachment: dict[str, Any]) -> int:
    """Contents of one document are the same note in several formats: the plainest is taken."""
    kind = str(attachment.get("contentType", "")).split(";")[0].strip().lower()
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _attached(
    attachment: dict[str, Any], binaries: dict[str, dict[str, Any]], name: str, inner: Inner
) -> str:
    data = attachment.get("data")
    url = attachment.get("url")
    if data is None and isinstance(url, str):
        data = _binary(url, binaries).get("data")
    if not isinstance(data, str):
        msg = f"{name}: {_elsewhere(url)}"
        raise EmptyNote(msg)
    try:
        raw = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        msg = f"{name}: the data of the attachment are no Base64"
        raise UnreadableNote(msg) from None
    return inner(raw, name)


def _binary(url: str, binaries: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the Binary of the same Bundle that a link means, or an empty one; the link may name the server and a version."""
    if url in binaries:
        return binaries[url]
    named = _BINARY.search(url)
    return binaries.get(named[1], {}) if named else {}


def _elsewhere(url: Any) -> str:
    """Say what to do about a note that is not here; the link itself may hold a secret and is not shown."""
    if isinstance(url, str) and _BINARY.search(url):
        return (
            "the attachment links to a Binary outside of this resource, and scribe fetches nothing; "
            "audit the Binary itself, a note of its own, or send both in one Bundle"
        )
    return "the note is not in the attachment, and scribe fetches nothing; send it as data"


def _blocks(section: dict[str, Any], seen: list[int]) -> Iterator[str]:
    for each in _objects(section.get("section")):
        seen[0] += 1
        if seen[0] > _MOST_SECTIONS:
            return
        title = each.get("title")
        narrative = each.get("text")
        div = narrative.get("div") if isinstance(narrative, dict) else None
        words = html_text(div) if isinstance(div, str) else ""
        head = f"{title.strip().rstrip(':')}:" if isinstance(title, str) and title.strip() else ""
        if head or words:
            yield "\n".join(part for part in (head, words) if part)
        yield from _blocks(each, seen)


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
