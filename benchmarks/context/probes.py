"""Probes: one or two sentences of an operative note in which a phrase is marked, and how the note means it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scribe.rules.yaml_loader import load_yaml
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "cases" / "context"
NO_FACT = "no_fact"
VOICES = ("typed", "dictated", "terse", "drafted", "non_native")
_ANSWERS = frozenset({*(status.value for status in Status), NO_FACT})
_KEYS = frozenset({"text", "status", "fact", "xfail", "fact_xfail"})
_MARK = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One phrase in its sentence, and how the note means it.

    Attributes:
        category: The stem of its file, for example ``planned``.
        voice: Way of writing.
        name: Its name in the file.
        text: The sentence or two, without the mark.
        start: Offset of the first code point of the phrase.
        end: Offset after it.
        status: A status of the contract, or ``no_fact`` where the contract has no fact for the phrase.
        fact: Name of the fact that the phrase is about, or None where the contract has none.
        xfail: Why scribe's context still gets it wrong, or None.
        fact_xfail: Why scribe's facts still get it wrong, or None.
    """

    category: str
    voice: str
    name: str
    text: str
    start: int
    end: int
    status: str
    fact: str | None
    xfail: str | None
    fact_xfail: str | None

    @property
    def id(self) -> str:
        """Category, voice and name."""
        return f"{self.category}/{self.voice}/{self.name}"


def load_probes(folder: Path = FOLDER) -> list[Probe]:
    """Return the probes of every file of a folder, in order.

    Raises:
        ValueError: A file has an unknown voice, key or status, or a probe without exactly one mark.
    """
    return [probe for path in sorted(folder.glob("*.yaml")) for probe in _load_file(path)]


def is_right(probe: Probe, answer: str) -> bool:
    """Tell whether an answer fits: where there is no fact, whatever does not take the phrase as present."""
    if probe.status == NO_FACT:
        return answer != Status.PRESENT.value
    return answer == probe.status


def _load_file(path: Path) -> Iterator[Probe]:
    content = load_yaml(path)
    shared = content.pop("status")
    for voice, probes in content.items():
        if voice not in VOICES:
            msg = f"{path.name}: {voice} is no voice; choose one of {', '.join(VOICES)}"
            raise ValueError(msg)
        for name, entry in probes.items():
            yield _build(path.stem, voice, name, {"status": shared, **entry})


def _build(category: str, voice: str, name: str, entry: dict[str, Any]) -> Probe:
    marks = list(_MARK.finditer(entry["text"]))
    if set(entry) - _KEYS or entry["status"] not in _ANSWERS or len(marks) != 1:
        msg = f"{category}.yaml: {voice}: {name}: wants text with one mark, a known status and no other keys"
        raise ValueError(msg)
    start = marks[0].start()
    return Probe(
        category=category,
        voice=voice,
        name=name,
        text=_MARK.sub(r"\1", entry["text"]),
        start=start,
        end=start + len(marks[0].group(1)),
        status=entry["status"],
        fact=entry.get("fact"),
        xfail=entry.get("xfail"),
        fact_xfail=entry.get("fact_xfail"),
    )
