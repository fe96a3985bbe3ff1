"""Analyse the notes of folders and add up what is right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.gold import read_folder
from benchmarks.accuracy.judge import judge
from benchmarks.accuracy.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.pipeline import Analyzer

VOICES = Path(__file__).resolve().parents[2] / "models" / "corpus"
HELD_OUT, TUNED, OTHER = "held-out", "tuned", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The counts by folder and by group of folders, and the rules they were made with."""

    folders: dict[str, Tally]
    groups: dict[str, Tally]
    rules: str


def default_folders() -> list[Path]:
    """Return the folders of labelled notes that come with the project."""
    return sorted({path.parent for path in VOICES.glob("*/*.gold.json")})


def measure(folders: Iterable[Path]) -> Result:
    """Analyse every labelled note of the folders and judge it."""
    from scribe import Analyzer

    analyzer = Analyzer()
    by_folder: dict[str, Tally] = {}
    groups: dict[str, Tally] = {}
    rules = ""
    for folder in folders:
        name = folder.resolve().name
        tally, rules = _measure_folder(folder, analyzer)
        by_folder.setdefault(name, Tally()).add(tally)
        groups.setdefault(group_of(name), Tally()).add(tally)
    return Result(folders=by_folder, groups=groups, rules=rules)


def group_of(folder: str) -> str:
    """Tell by a folder's name whether rules were written while its misses were looked at."""
    if folder.startswith("held_out_"):
        return HELD_OUT
    return TUNED if folder.startswith("tuned_") else OTHER


def _measure_folder(folder: Path, analyzer: Analyzer) -> tuple[Tally, str]:
    total, rules = Tally(), ""
    for number, gold in enumerate(read_folder(folder)):
        analysis = analyzer.analyze(gold.text, note_id=f"note-{number}").to_dict()
        total.add(judge(gold, analysis))
        stamp = analysis["engine"]["rules"]
        rules = f"{stamp['version']} ({stamp['hash']})"
    return total, rules
