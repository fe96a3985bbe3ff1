"""A process that analyses distinct notes with one engine and prints its peak memory: ``python -m benchmarks.memory_child ENGINE COUNT``.

Each note is a made-up archive note with words that no other note has, as names and numbers are in real notes.
"""

from __future__ import annotations

import random
import resource
import sys

from benchmarks.engines import available
from benchmarks.workloads import load_workloads

_NEW_WORDS = 10
_SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu")


def distinct(text: str, chance: random.Random) -> str:
    """Return the text with words at its end that no other note has."""
    made = ("".join(chance.choices(_SYLLABLES, k=5)) for _ in range(_NEW_WORDS))
    return f"{text}\nSeen with {', '.join(made)}."


def main() -> None:
    """Print the peak memory, in the unit of the system, after a tenth of the notes and after all."""
    name, count = sys.argv[1], int(sys.argv[2])
    build = available()[name]
    if build is None:
        return
    engine = build()
    notes = load_workloads((), 1000).archive
    chance = random.Random(0)  # noqa: S311 - no secret
    for done in range(1, count + 1):
        engine(distinct(notes[done % len(notes)], chance))
        if done in (max(1, count // 10), count):
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
