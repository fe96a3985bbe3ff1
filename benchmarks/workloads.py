"""The notes that are measured: notes of the family, and an archive in which few are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ROOT = Path(__file__).resolve().parent.parent
_TEXTS = (".txt", ".md")
_REPEATS = 2  # of the made-up archive, for one note of the family: about one note in seventeen


@dataclass(frozen=True, slots=True, kw_only=True)
class Workloads:
    """The two workloads; each is never empty."""

    family: tuple[str, ...]
    archive: tuple[str, ...]


def load_workloads(paths: Iterable[Path], most: int) -> Workloads:
    """Gather the notes.

    Args:
        paths: Folders of notes, which join the family, and ``.jsonl`` files of rows with ``text``, which replace the made-up archive.
        most: How many notes a workload has at most; they are picked evenly.
    """
    family = _read_folder(_ROOT / "sample_notes")
    archive: list[str] = []
    for path in paths:
        if path.is_dir():
            family += _read_folder(path)
        else:
            archive += _read_rows(path)
    if not archive:
        archive = _read_folder(_ROOT / "benchmarks" / "notes") * _REPEATS + family[:1]
    return Workloads(family=_pick(family, most), archive=_pick(archive, most))


def _read_folder(folder: Path) -> list[str]:
    paths = sorted(p for p in folder.iterdir() if p.suffix in _TEXTS and p.stem != "README")
    texts = [path.read_text("utf-8") for path in paths]
    return [text for text in texts if text.strip()]


def _read_rows(path: Path) -> list[str]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [row["text"] for row in rows if row["text"].strip()]


def _pick(notes: Sequence[str], most: int) -> tuple[str, ...]:
    if len(notes) <= most:
        return tuple(notes)
    return tuple(notes[k * len(notes) // most] for k in range(most))
