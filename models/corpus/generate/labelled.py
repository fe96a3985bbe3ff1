"""A labelled note as it lies in a folder: ``NAME.txt`` beside ``NAME.gold.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_LABELS = ".gold.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledNote:
    """A note and its labels.

    Attributes:
        id: The name of its files.
        text: The whole note.
        gold: The labels as their file holds them; never changed, a variant has labels of its own.
    """

    id: str
    text: str = field(repr=False)
    gold: Mapping[str, Any] = field(repr=False)


def read_notes(folder: Path) -> tuple[LabelledNote, ...]:
    """Return the labelled notes of a folder, in the order of their names."""
    return tuple(
        LabelledNote(
            id=path.name.removesuffix(_LABELS),
            text=path.with_name(path.name.removesuffix(_LABELS) + ".txt")
            .read_bytes()
            .decode("utf-8"),
            gold=json.loads(path.read_text("utf-8")),
        )
        for path in sorted(folder.glob(f"*{_LABELS}"))
    )


def write_note(folder: Path, note: LabelledNote) -> None:
    """Write the two files of a note."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{note.id}.txt").write_bytes(note.text.encode("utf-8"))
    labels = json.dumps({**note.gold, "id": note.id}, indent=1, ensure_ascii=False)
    (folder / f"{note.id}{_LABELS}").write_text(labels + "\n", "utf-8", newline="")
