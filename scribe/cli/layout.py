"""How a command writes its result: the option, and the two ways that most commands have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

TERMINAL, JSON = "terminal", "json"


def layout_option(*layouts: str) -> Callable[..., Any]:
    """Return the option ``--format``; the first of the ways is the default."""
    return click.option(
        "--format",
        "layout",
        type=click.Choice(layouts),
        default=layouts[0],
        show_default=True,
        help="How to write the result.",
    )


def echo_result(
    layout: str, as_text: Callable[[], str], as_data: Callable[[], dict[str, Any]]
) -> None:
    """Write a result for a terminal or as JSON.

    Args:
        layout: ``terminal`` or ``json``.
        as_text: Makes the one.
        as_data: Makes the other, as plain data.
    """
    if layout == JSON:
        click.echo(json.dumps(as_data(), indent=2, ensure_ascii=False))
    else:
        click.echo(as_text(), nl=False)
