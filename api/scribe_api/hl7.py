"""HL7 v2 messages: what each asks for, and the acknowledgement that answers it. No word of a note is in an acknowledgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from scribe.discretion import printable
from scribe.errors import NoteError
from scribe.pipeline import AnalyzedNote, Envelope, read_envelope
from scribe.render.as_json import to_contract
from scribe_api.errors import Problem, problem_of_note

if TYPE_CHECKING:
    from scribe_api.desk import Desk

CR: Final = "\r"
_MOST_ID: Final = 199


class Relation(StrEnum):
    """What a message says about the document that it carries."""

    ORIGINAL = "original"
    STATUS = "status change"
    ADDENDUM = "addendum"
    EDIT = "edit"
    REPLACEMENT = "replacement"
    WITHDRAWAL = "withdrawal"
    RESULT = "result"


RELATIONS: Final = {
    "MDM^T02": Relation.ORIGINAL,
    "MDM^T04": Relation.STATUS,
    "MDM^T06": Relation.ADDENDUM,
    "MDM^T08": Relation.EDIT,
    "MDM^T10": Relation.REPLACEMENT,
    "MDM^T11": Relation.WITHDRAWAL,
    "ORU^R01": Relation.RESULT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A message and its answer.

    Attributes:
        code: ``AA`` accepted, ``AE`` a document that cannot be used, ``AR`` a message that is not served.
        acknowledgement: The HL7 answer.
        document: The answer as plain data.
        analysis: What was found; None for a withdrawal or where it was refused.
    """

    code: str
    acknowledgement: bytes
    document: dict[str, Any]
    analysis: AnalyzedNote | None


async def answer_message(raw: bytes, desk: Desk, *, with_text: bool = False) -> Exchange:
    """Analyse what a message carries, and acknowledge it.

    Here only its envelope is read: documents, which may be of any format, are read where they are analysed.

    Args:
        raw: The message.
        desk: Who analyses.
        with_text: Put the decoded text into the document, so that offsets can be checked.

    Raises:
        Problem: It is no message at all, or the server is busy.
    """
    try:
        message = read_envelope(raw)
    except NoteError as error:
        raise problem_of_note(error) from None
    relation = RELATIONS.get(message.kind)
    if relation is None:
        known = message.kind[:3] in {each[:3] for each in RELATIONS}
        words = f"served are {', '.join(each.replace('^', ' ') for each in RELATIONS)}"
        return _refused(message, "AR", "201" if known else "200", words)
    if relation is Relation.WITHDRAWAL:
        return _accepted(message, relation, None, with_text=False)
    try:
        analysis = await desk.analyze_bytes(raw, note_id=_note_id(message), is_final=True)
    except Problem as problem:
        if problem.status_code >= 500:
            raise
        return _refused(message, "AE", "207", str(problem.detail))
    return _accepted(message, relation, analysis, with_text=with_text)


def _note_id(message: Envelope) -> str | None:
    """Return the id of the document, in one line; a control id says nothing about the note."""
    return printable(message.document_id)[:_MOST_ID] or None


def _accepted(
    message: Envelope, relation: Relation, analysis: AnalyzedNote | None, *, with_text: bool
) -> Exchange:
    document = {
        "schema": "scribe.hl7v2/1",
        "acknowledgement": "AA",
        "message": message.kind,
        "control_id": message.control_id,
        "relation": relation.value,
        "document_id": message.document_id,
        "parent_id": message.parent_id,
        "analysis": to_contract(analysis) if analysis else None,
    }
    if with_text and analysis:
        document["text"] = analysis.note.text
    return Exchange(
        code="AA", acknowledgement=_acknowledge(message, "AA"), document=document, analysis=analysis
    )


def _refused(message: Envelope, code: str, number: str, words: str) -> Exchange:
    document = {
        "schema": "scribe.hl7v2/1",
        "acknowledgement": code,
        "message": message.kind,
        "control_id": message.control_id,
        "error": words,
        "analysis": None,
    }
    return Exchange(
        code=code,
        acknowledgement=_acknowledge(
            message, code, f"ERR|||{number}^^HL70357|E||||{_escaped(words)}"
        ),
        document=document,
        analysis=None,
    )


def _acknowledge(message: Envelope, code: str, error: str = "") -> bytes:
    event = message.kind.partition("^")[2]
    now = datetime.now(UTC).strftime("%Y%m%d%H%M%S+0000")
    version = message.version or "2.5.1"
    header = (
        *("MSH|^~\\&", *map(_plain, message.receiver), *map(_plain, message.sender), now, ""),
        *(f"ACK^{_plain(event)}^ACK", f"A{_plain(message.control_id)}"[:_MOST_ID]),
        *(_plain(message.processing_id) or "P", _plain(version)),
        *("", "", "", "", "", "UNICODE UTF-8"),
    )
    segments = [
        "|".join(header),
        f"MSA|{code}|{_plain(message.control_id)}",
        *([error] if error else []),
    ]
    return (CR.join(segments) + CR).encode()


def _plain(field: str) -> str:
    """Return a header field that is sent back, without what would break the answer."""
    return "".join(each for each in field[:_MOST_ID] if each.isprintable() and each != "|")


def _escaped(words: str) -> str:
    marks = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\"}
    return "".join(marks.get(each, each) for each in words)
