"""The labelled notes by voice. Training and ablation see the tuned voices; the held-out ones are for totals only."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent / "corpus"
TUNED, HELD_OUT = "tuned_", "held_out_"
_LABELS = ".gold.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicedNote:
    """One note with its labels, as they stand in its gold file, and the folder that is its voice."""

    voice: str
    text: str
    gold: dict[str, Any]

    def __repr__(self) -> str:
        """Name the voice; no word of the note."""
        return f"<VoicedNote of {self.voice}>"


def read_voices(prefix: str) -> tuple[VoicedNote, ...]:
    """Read the notes of all folders whose name starts so, in order of folder and name."""
    return tuple(
        VoicedNote(
            voice=path.parent.name,
            text=_note_of(path).read_bytes().decode("utf-8"),
            gold=json.loads(path.read_text("utf-8")),
        )
        for path in _labels(prefix)
    )


def hash_voices(prefix: str) -> str:
    """Return the SHA-256 over the notes and labels of those folders."""
    digest = hashlib.sha256()
    for path in _labels(prefix):
        for each in (path, _note_of(path)):
            digest.update(hashlib.sha256(each.read_bytes()).digest())
    return digest.hexdigest()


def _labels(prefix: str) -> list[Path]:
    return sorted(CORPUS.glob(f"{prefix}*/*{_LABELS}"))


def _note_of(labels: Path) -> Path:
    return labels.with_name(labels.name.removesuffix(_LABELS) + ".txt")
