"""The report as one HTML file that stands alone: no script, nothing loaded, every word of the note escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from scribe.render.highlight import fact_label, stretches
from scribe.render.pages import page_templates, style_sheet
from scribe.render.summary import snippet, status_words, summarize, value_words, visible

if TYPE_CHECKING:
    from jinja2 import Template

    from scribe.types.analysis import Analysis


def as_html(analysis: Analysis, *, code: str | None = None) -> str:
    """Return the HTML report.

    Args:
        analysis: What to report.
        code: Show the checklist of this code first, whatever is suggested.
    """
    style = style_sheet("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return _template().render(
        analysis=analysis,
        summary=summarize(analysis, code),
        stretches=stretches(analysis),
        style=Markup(style),  # noqa: S704 - our own style sheet, not input
        style_hash=digest,
    )


@cache
def _template() -> Template:
    templates = page_templates()
    templates.filters.update(
        snippet=snippet,
        status_words=status_words,
        value_words=lambda value: visible(value_words(value)),
    )
    templates.globals["fact_label"] = fact_label
    return templates.get_template("report.html")
