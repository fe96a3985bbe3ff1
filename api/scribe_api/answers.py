"""From an analysis to an answer: which part, in which format, with which tag."""

from __future__ import annotations

import dataclasses
import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from scribe.render.as_html import as_html
from scribe.render.as_json import as_json
from scribe.render.as_markdown import as_markdown
from scribe_api.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.pipeline import AnalyzedNote

_TAG_LENGTH: Final = 32


class Layout(StrEnum):
    """How an analysis is written."""

    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


MEDIA_TYPES: Final = {
    Layout.JSON: "application/json",
    Layout.HTML: "text/html; charset=utf-8",
    Layout.MARKDOWN: "text/markdown; charset=utf-8",
}
ENDINGS: Final = {Layout.JSON: "json", Layout.HTML: "html", Layout.MARKDOWN: "md"}


def only_codes(analysis: AnalyzedNote, codes: Sequence[str] | None) -> AnalyzedNote:
    """Return the analysis with the checklists of some codes only, and without findings that touch others only."""
    if codes is None:
        return analysis
    kept = frozenset(codes)
    return dataclasses.replace(
        analysis,
        codes=tuple(each for each in analysis.codes if each.code in kept),
        findings=tuple(
            each for each in analysis.findings if not each.codes or kept.intersection(each.codes)
        ),
    )


def check_codes(codes: Sequence[str] | None, known: Sequence[str]) -> None:
    """Refuse a code that the rules do not know.

    Raises:
        Problem: One of them is unknown; the answer names the known ones.
    """
    for place, code in enumerate(codes or ()):
        if code not in known:
            what = f"not a code of the rules; known are {', '.join(known)}"
            raise Problem(
                422,
                "Mend the fields that are named in errors.",
                errors=[Place(where=f"codes.{place}", what=what)],
            )


def written(analysis: AnalyzedNote, layout: Layout, code: str | None = None) -> bytes:
    """Return the bytes that the command line writes for the same note."""
    if layout is Layout.HTML:
        return as_html(analysis, code=code).encode()
    if layout is Layout.MARKDOWN:
        return as_markdown(analysis, code=code).encode()
    return as_json(analysis).encode()


def tag(content: bytes) -> str:
    """Return a strong entity tag for the content."""
    return f'"{hashlib.sha256(content).hexdigest()[:_TAG_LENGTH]}"'


def answer(content: bytes, media_type: str) -> Response:
    """Return an answer with its entity tag."""
    return Response(content, media_type=media_type, headers={"ETag": tag(content)})
