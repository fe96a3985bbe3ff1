"""From the bytes of a request to what was asked, with limits before anything is parsed."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from scribe.discretion import printable
from scribe_api.errors import Place, Problem, problem_of_schema

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import Request
    from starlette.datastructures import FormData

# Possessive: a string that could be given back character by character would be remembered so, 120 bytes for each.
_TOKENS: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)
_MOST_FIELDS: Final = 20
_MOST_ID: Final = 200
_ID: Final = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$"

NoteId = Annotated[str, Field(min_length=1, max_length=_MOST_ID, pattern=_ID)]


class AnalyzeRequest(BaseModel):
    """One note to analyse."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="The whole note. Offsets in the result count its code points.")
    id: NoteId | None = Field(
        default=None,
        description="How the result calls the note; without one, the first 12 hex digits of the hash of the text.",
    )
    date_of_service: date | None = Field(
        default=None,
        description="Picks the codes that were valid on that day; without one, the newest rules.",
    )
    codes: list[Annotated[str, Field(max_length=10)]] | None = Field(
        default=None,
        min_length=1,
        max_length=50,
        description="Show only these codes, and the findings that touch them.",
    )


FIELDS: Final = frozenset(AnalyzeRequest.model_fields)
_FILE_ID: Final = TypeAdapter[str](NoteId)


def media_type(request: Request) -> str:
    """Return the media type of the body, in lower case and without its parameters."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def check_depth(body: bytes, limit: int) -> None:
    """Refuse JSON that is nested too deeply, before it is parsed.

    Raises:
        Problem: It is nested deeper than the limit.
    """
    depth = 0
    for match in _TOKENS.finditer(body):
        token = match[0]
        if token in b"[{":
            depth += 1
            if depth > limit:
                raise Problem(400, f"JSON may be nested {limit} levels deep.")
        elif token in b"]}":
            depth -= 1


def parse_request(body: bytes, max_depth: int) -> AnalyzeRequest:
    """Read the JSON of one note.

    Raises:
        Problem: It is no JSON, nested too deeply, or does not fit the schema.
    """
    check_depth(body, max_depth)
    try:
        return AnalyzeRequest.model_validate_json(body)
    except ValidationError as error:
        raise problem_of_schema(error, FIELDS) from None


def decode_text(body: bytes) -> str:
    """Decode a body of plain text, which is UTF-8.

    Raises:
        Problem: It is not UTF-8.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"The text is not UTF-8 at byte {error.start}; send other encodings to /v1/analyze/file."
        raise Problem(400, msg) from None


@asynccontextmanager
async def read_form(request: Request, limit: int) -> AsyncIterator[FormData]:
    """Read a form; files stay in memory and never touch a disk.

    Raises:
        Problem: It is no form, or a damaged one.
    """
    form = await _parse_form(request, limit)
    try:
        yield form
    finally:
        await form.close()


async def _parse_form(request: Request, limit: int) -> FormData:
    kind = media_type(request)
    try:
        if kind == "multipart/form-data":
            parser = MultiPartParser(
                request.headers,
                request.stream(),
                max_files=1,
                max_fields=_MOST_FIELDS,
                max_part_size=limit,
            )
            parser.spool_max_size = limit + 1
            return await parser.parse()
        if kind == "application/x-www-form-urlencoded":
            plain = FormParser(
                request.headers, request.stream(), max_fields=_MOST_FIELDS, max_part_size=limit
            )
            return await plain.parse()
    except (MultiPartException, FormParserError, KeyError, UnicodeError, LookupError):
        raise Problem(400, "The form is damaged.") from None
    raise Problem(415, "Send multipart/form-data with the note in the field file.")


async def read_upload(form: FormData, field: str = "file") -> tuple[bytes, str | None]:
    """Return the bytes of an uploaded file and the stem of its name, cleaned, as its id.

    Raises:
        Problem: The form has no such file.
    """
    upload = form.get(field)
    if not isinstance(upload, UploadFile):
        raise Problem(
            422,
            "Mend the fields that are named in errors.",
            errors=[Place(where=field, what="a file is needed")],
        )
    stem = PurePath((upload.filename or "").replace("\\", "/")).stem
    return await upload.read(), printable(stem)[:_MOST_ID] or None


def text_field(form: FormData, field: str) -> str | None:
    """Return the text of a form's field; None where it is missing or empty."""
    value = form.get(field)
    return value if isinstance(value, str) and value else None


def id_field(form: FormData) -> str | None:
    """Return the id that a form gives.

    Raises:
        Problem: It is no id.
    """
    value = text_field(form, "id")
    if value is None:
        return None
    try:
        return _FILE_ID.validate_python(value)
    except ValidationError:
        raise Problem(
            422,
            "Mend the fields that are named in errors.",
            errors=[_place("id", f"up to {_MOST_ID} printable characters")],
        ) from None


def date_field(form: FormData, field: str = "date_of_service") -> date | None:
    """Return the day that a form gives.

    Raises:
        Problem: It is no day.
    """
    value = text_field(form, field)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Problem(
            422,
            "Mend the fields that are named in errors.",
            errors=[_place(field, "a day as YYYY-MM-DD")],
        ) from None


def _place(where: str, what: str) -> Place:
    return Place(where=where, what=what)
