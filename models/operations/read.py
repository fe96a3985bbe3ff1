"""Read the short operations: notes that say once what decides on their code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
TUNED, HELD_OUT = "author_", "held_out_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One short note and its label.

    Attributes:
        author: Name of its file.
        id: Name of the note.
        text: The note.
        code: The code that is documented; None where one has to ask, or none fits.
        open: For a note on which one has to ask, the codes that stay open.
    """

    author: str
    id: str
    text: str = field(repr=False)
    code: str | None
    open: tuple[str, ...]

    @property
    def answer(self) -> str:
        """The code, ``query`` or ``none``."""
        return self.code or ("query" if self.open else "none")


def read_operations(prefix: str) -> list[Operation]:
    """Read the notes of all authors whose files begin so, in order."""
    return [
        _read(path.stem, line)
        for path in sorted(HERE.glob(f"{prefix}*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def _read(author: str, line: str) -> Operation:
    row = json.loads(line)
    return Operation(
        author=author,
        id=row["id"],
        text=row["text"],
        code=row["code"],
        open=tuple(row.get("alternatives") or ()),
    )
