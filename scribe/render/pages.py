"""What all HTML pages share: a head, a style sheet inside, and templates that escape every word."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from scribe.render.summary import percent, visible

_PACKAGE = "scribe.render"


def page_templates() -> Environment:
    """Return the templates of pages; a name that is not given is an error, and every word is escaped."""
    templates = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(percent=percent, visible=visible)
    return templates


@cache
def style_sheet(name: str) -> str:
    """Return a style sheet of ours, for the head of a page."""
    return files(_PACKAGE).joinpath("templates", name).read_text("utf-8")
