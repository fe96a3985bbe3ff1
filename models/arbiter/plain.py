"""Plain operations, put together from parts: what a note looks like that has no trouble to tell."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS: Final = Path(__file__).with_name("plain.yaml")
_SEED: Final = 20972
_OF_A_KIND: Final = {
    "taken": 220,
    "none": 80,
    "silent": 60,
    "given_up": 80,
    "title": 40,
    "both": 40,
    "unfilled": 40,
    "monitor": 30,
    "outside": 90,
    "brief": 60,
    "brief_bone": 60,
}
"""How many notes of each kind are made."""
_MEANS: Final = {
    "taken": "moved",
    "none": "bone",
    "silent": "bone",
    "given_up": "bone",
    "outside": "none",
    "brief": "moved",
    "brief_bone": "bone",
}
_OPEN: Final = "open"
_BRIEF: Final = {"brief": "taken", "brief_bone": "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """One such note.

    Attributes:
        text: The note.
        means: Class of the arbiter.
    """

    text: str
    means: str


def plain_operations() -> list[Plain]:
    """Return the notes, always the same."""
    parts = yaml.safe_load(PARTS.read_text("utf-8"))
    dice = random.Random(_SEED)  # noqa: S311
    return [
        Plain(text=text, means=_MEANS.get(kind, _OPEN))
        for kind, count in _OF_A_KIND.items()
        for text in dict.fromkeys(_note(kind, parts, dice) for _ in range(count))
    ]


def _note(kind: str, parts: dict[str, Any], dice: random.Random) -> str:
    b = dice.choice((2.5, 3, 3.5, 4, 5))
    sizes = {"a": b + dice.choice((1, 2, 2.5)), "b": b, "cm": dice.choice((3, 3.5, 4, 5, 6))}
    if kind == "outside":
        return str(dice.choice(parts["none"])).format(**sizes)
    if kind in _BRIEF:
        words = (
            f"{dice.choice(parts['brief_titles'])}\n{dice.choice(parts['briefs'][_BRIEF[kind]])}"
        )
        return words.format(**sizes, **dice.choice(parts["bones"]))
    told = " ".join(part for part in _parts(kind, parts, dice) if part)
    return told.format(**sizes, **dice.choice(parts["bones"]))


def _parts(kind: str, parts: dict[str, Any], dice: random.Random) -> Iterator[str]:
    """Yield a title, what was lost, the harvest, the joins and an end that fit the kind."""
    has_skin = kind in ("taken", "given_up", "both")
    yield dice.choice(parts["titles_with_skin" if kind == "title" else "titles"])
    yield dice.choice(parts["losses"]["both" if kind == "taken" else "bone"])
    told = "taken" if has_skin else "none" if kind == "none" else "silent"
    skin = parts["monitors"] if kind == "monitor" else parts["skin"][told]
    yield str(dice.choice(parts["harvest"])).replace("{skin}", dice.choice(skin))
    yield dice.choice(parts["divided"])
    yield dice.choice(parts["joined"])
    if kind == "given_up":
        yield dice.choice(parts["given_up"])
    if kind == "both":
        yield dice.choice(parts["denied"])
    if kind == "unfilled":
        yield f"\n{dice.choice(parts['open'])}\n"
    yield dice.choice(parts["ends"]["taken" if kind == "taken" else "bone"])
