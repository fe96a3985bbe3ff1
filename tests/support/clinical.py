"""Notes as clinical systems send them: an HTML page, a FHIR resource, a C-CDA document, an HL7 v2 message."""

from __future__ import annotations

import base64
import json
import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEADING = re.compile(r"([A-Z][A-Z. ]{3,}):[ \t]*(.*)")
_CODE, _NAME = "11504-8", "Surgical operation note"
_ESCAPES = str.maketrans({"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\"})


def make_html(lines: Iterable[str]) -> bytes:
    """Return a page with a paragraph a line."""
    body = "\n".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())
    head = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Note</title></head>'
    return f"{head}\n<body>\n{body}\n</body></html>\n".encode()


def make_fhir(lines: Iterable[str], *, name: str = "note", indent: int | None = None) -> bytes:
    """Return a DocumentReference with the text in it.

    Args:
        lines: Of the note.
        name: Id of the resource.
        indent: For a file that people look at; None for one line.
    """
    data = base64.b64encode("\n".join(lines).encode()).decode("ascii")
    resource = {
        "resourceType": "DocumentReference",
        "id": name,
        "status": "current",
        "type": {"coding": [{"system": "http://loinc.org", "code": _CODE, "display": _NAME}]},
        "content": [{"attachment": {"contentType": "text/plain", "data": data}}],
    }
    return json.dumps(resource, indent=indent).encode() + b"\n"


def make_ccda(lines: Iterable[str]) -> bytes:
    """Return an operative note with a section a heading."""
    parts = "\n".join(
        f"<component><section><title>{escape(title)}</title><text>\n"
        + "\n".join(f"<paragraph>{escape(each)}</paragraph>" for each in words)
        + "\n</text></section></component>"
        for title, words in sections(lines)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
<templateId root="2.16.840.1.113883.10.20.22.1.7"/>
<code code="{_CODE}" codeSystem="2.16.840.1.113883.6.1" displayName="{_NAME}"/>
<component><structuredBody>
{parts}
</structuredBody></component>
</ClinicalDocument>
""".encode()


def sections(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield headings and the lines below each; what stands before the first is the letterhead."""
    title, words = "LETTERHEAD", list[str]()
    for line in lines:
        found = _HEADING.match(line)
        if found:
            yield title, words
            title, words = found[1], [found[2]] if found[2] else []
        elif line.strip():
            words.append(line)
    yield title, words


def make_hl7v2(lines: Iterable[str], *, control_id: str = "M-1") -> bytes:
    """Return a document message with a segment a line of the note."""
    head = (
        f"MSH|^~\\&|DICT|LARKSPUR|SCRIBE|LARKSPUR|20250611103000||MDM^T02^MDM_T02|{control_id}|P|2.5.1||||||UNICODE UTF-8",
        f"TXA|1|OP|TX|||||||||{control_id}",
    )
    body = (
        f"OBX|{at}|TX|{_CODE}^{_NAME}^LN||{line.translate(_ESCAPES)}||||||F"
        for at, line in enumerate(lines, 1)
    )
    return "\r".join([*head, *body, ""]).encode()
