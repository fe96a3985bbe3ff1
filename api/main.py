"""The application for ``uvicorn api.main:app`` in a checkout."""

from __future__ import annotations

from scribe_api.app import create_app

app = create_app()
