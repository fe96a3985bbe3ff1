"""Write the JSON schemas of the rule files, so that editors complete and check while one types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scribe.rules.schema import FILE_MODELS

if TYPE_CHECKING:
    from pathlib import Path


def schema_texts() -> dict[str, str]:
    """Return the text of every schema file by its file name."""
    return {
        f"{name}.json": json.dumps(_schema(name), indent=1, sort_keys=True) + "\n"
        for name in FILE_MODELS
    }


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder, ``patterns/schema`` in a checkout."""
    for name, text in schema_texts().items():
        (folder / name).write_text(text, "utf-8")


def _schema(name: str) -> dict[str, object]:
    schema = FILE_MODELS[name].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
