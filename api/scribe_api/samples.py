"""The sample notes, as their own README tells of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scribe.resources import samples_folder

_ROW: Final = re.compile(
    r"^\| `(?P<file>[\w.-]+)` \| (?P<style>[^|]+) \| (?P<shows>[^|]+) \|$", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample note: its id, what it is, what it shows, and where it is."""

    id: str
    style: str
    shows: str
    path: Path


def load_samples() -> dict[str, Sample]:
    """Return the sample notes by id, in the order of their README."""
    folder = samples_folder()
    rows = _ROW.finditer((folder / "README.md").read_text("utf-8"))
    samples = (
        Sample(
            id=row["file"].rsplit(".", 1)[0],
            style=row["style"].strip(),
            shows=row["shows"].strip().replace("`", ""),
            path=folder / row["file"],
        )
        for row in rows
    )
    return {each.id: each for each in samples}
