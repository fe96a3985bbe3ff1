"""The web form: the same page with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, Response

from scribe_api.access import MAY_ANALYZE
from scribe_api.answers import ENDINGS, MEDIA_TYPES, Layout, written
from scribe_api.bodies import id_field, read_form, read_upload, text_field
from scribe_api.errors import Problem
from scribe_api.page import Page, build_page

if TYPE_CHECKING:
    from scribe.pipeline import AnalyzedNote
    from scribe_api.desk import Desk
    from scribe_api.looks import Looks

router = APIRouter(include_in_schema=False, dependencies=MAY_ANALYZE)
_SUGGESTED: Final = "suggested"


@router.get("/")
async def show(request: Request, sample: str | None = None) -> Response:
    """Show the empty form, or one of the sample notes analysed."""
    looks: Looks = request.app.state.looks
    if sample is None:
        return _answer(request, page=None, text="")
    if sample not in looks.samples:
        return _answer(
            request, page=None, text="", problem=Problem(404, "There is no such sample note.")
        )
    analysis = await request.app.state.desk.analyze_bytes(
        looks.samples[sample].path.read_bytes(), note_id=sample
    )
    return _answer(request, page=_page(request, analysis, None), text=analysis.note.text)


@router.post("/")
async def submit(request: Request) -> Response:
    """Analyse what was typed, pasted or dropped; scripts get the panes alone, everybody else the page."""
    text = ""
    try:
        async with read_form(request, request.app.state.settings.max_body_bytes) as form:
            text, is_file = _text(form), _has_file(form)
            code = _chosen(form, request.app.state.desk)
            if not text.strip() and not is_file:
                return _answer(request, page=None, text=text)
            analysis = await _analyze(form, request.app.state.desk)
    except Problem as problem:
        return _answer(request, page=None, text=text, problem=problem)
    return _answer(
        request, page=_page(request, analysis, code), text=analysis.note.text, is_new_text=is_file
    )


@router.post("/download/{layout}")
async def download(request: Request, layout: Layout) -> Response:
    """Give the analysis as a file; JSON is that of the command line."""
    try:
        async with read_form(request, request.app.state.settings.max_body_bytes) as form:
            code = _chosen(form, request.app.state.desk)
            analysis = await _analyze(form, request.app.state.desk)
    except Problem as problem:
        return _answer(request, page=None, text="", problem=problem)
    name = "".join(
        each if each.isascii() and (each.isalnum() or each in "-_.") else "_"
        for each in analysis.note.id
    )
    return Response(
        written(analysis, layout, code),
        media_type=MEDIA_TYPES[layout],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ENDINGS[layout]}"'},
    )


def _page(request: Request, analysis: AnalyzedNote, code: str | None) -> Page:
    return build_page(analysis, code, request.app.state.desk.pack)


def _answer(
    request: Request,
    *,
    page: Page | None,
    text: str,
    problem: Problem | None = None,
    is_new_text: bool = False,
) -> Response:
    looks: Looks = request.app.state.looks
    is_part = request.headers.get("hx-request") == "true"
    html = looks.draw(
        "results.html" if is_part else "page.html",
        page=page,
        text=text,
        problem=problem,
        is_new_text=is_new_text,
        is_part=is_part,
        is_local=request.app.state.settings.is_loopback,
    )
    return HTMLResponse(
        html, problem.status_code if problem else 200, problem.headers if problem else None
    )


async def _analyze(form: FormData, desk: Desk) -> AnalyzedNote:
    if _has_file(form):
        data, stem = await read_upload(form)
        return await desk.analyze_bytes(data, note_id=stem)
    return await desk.analyze_text(_text(form), note_id=id_field(form))


def _text(form: FormData) -> str:
    """Return the note as it was typed: a browser sends every line end of a form as CR LF."""
    return (text_field(form, "text") or "").replace("\r\n", "\n")


def _has_file(form: FormData) -> bool:
    file = form.get("file")
    return isinstance(file, UploadFile) and bool(file.filename)


def _chosen(form: FormData, desk: Desk) -> str | None:
    code = text_field(form, "show") or text_field(form, "code")
    return code if code in desk.codes and code != _SUGGESTED else None
