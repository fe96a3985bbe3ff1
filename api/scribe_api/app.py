"""The web application."""

from __future__ import annotations

from typing import NoReturn


def create_app() -> NoReturn:
    """Build the web application.

    Raises:
        NotImplementedError: Always, in this version.
    """
    msg = "this version of opnote-scribe has no web form yet; use `scribe analyze` or `scribe.analyze(text)`"
    raise NotImplementedError(msg)
