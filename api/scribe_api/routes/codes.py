"""``/v1/codes`` and ``/v1/facts``: what the rules know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from scribe_api.access import MAY_READ
from scribe_api.answers import tag
from scribe_api.catalogue import CodeEntry, CodePage, FactEntry, code_page, code_table, fact_table
from scribe_api.errors import Problem
from scribe_api.openapi import problems

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack

router = APIRouter(prefix="/v1", tags=["rules"], dependencies=MAY_READ)
_REFUSALS: Final = problems(401, 403, 421, 429)
_UNCHANGED: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "Unchanged since the tag that was sent."}
}


@router.get(
    "/codes",
    responses={200: {"model": list[CodeEntry]}, **_UNCHANGED, **_REFUSALS},
    response_model=None,
)
async def list_codes(request: Request) -> Response:
    """List the codes that the rules know."""
    return _tagged(request, list[CodeEntry], code_table(_pack(request)))


@router.get(
    "/codes/{code}",
    responses={200: {"model": CodePage}, **_UNCHANGED, **_REFUSALS, **problems(404)},
    response_model=None,
)
async def show_code(request: Request, code: str) -> Response:
    """Show one code: its checklist, neighbours, figures with their year, and sources."""
    pack = _pack(request)
    if code not in pack.codes:
        raise Problem(404, f"The rules know these codes: {', '.join(pack.codes)}.")
    return _tagged(request, CodePage, code_page(pack, code))


@router.get(
    "/facts",
    responses={200: {"model": list[FactEntry]}, **_UNCHANGED, **_REFUSALS},
    response_model=None,
)
async def list_facts(request: Request) -> Response:
    """List the facts that are looked for in a note, and what each means."""
    return _tagged(request, list[FactEntry], fact_table(_pack(request)))


def _pack(request: Request) -> RulePack:
    pack: RulePack = request.app.state.desk.pack
    return pack


def _tagged(request: Request, kind: Any, value: object) -> Response:
    content = TypeAdapter(kind).dump_json(value)
    mark = tag(content)
    headers = {"ETag": mark, "Cache-Control": "no-cache"}
    seen = {
        each.strip().removeprefix("W/")
        for each in request.headers.get("if-none-match", "").split(",")
    }
    if mark in seen:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
