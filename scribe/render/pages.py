"""HTML pages that stand alone: their templates and style sheets."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from jinja2 import Template

_PACKAGE = "scribe.render"


@cache
def page_style(name: str) -> str:
    """Return a style sheet of ``templates/``."""
    return files(_PACKAGE).joinpath("templates", name).read_text("utf-8")


def page_template(name: str, **filters: Any) -> Template:
    """Return a template of ``templates/`` that escapes every word and knows no undefined name.

    Args:
        name: File name of the template.
        filters: Functions that it may use.
    """
    environment = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment.get_template(name)
