"""What the rules gave for voices that they had not been written for: the only fair examples of what they miss.

Rules that were written while looking at a voice miss little in it and take little in it for what it is not, and none of that is so with a
new author. So the facts of each voice are kept as the rules gave them when the voice arrived, with how sure they were and where they
found them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.labelled import analyzer_before, labelled_notes, plain
from scribe.evaluate.labels import Split
from scribe.rules.pack import load_pack
from scribe.rules.second_reader_schema import Carrier
from scribe.types.fact import Anastomosis, Dimensions, Evidence, Fact, Measure, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scribe.evaluate.labels import LabelledNote
    from scribe.pipeline import Analyzer
    from scribe.rules.second_reader_schema import SecondReaderFile

LOOKS: Final = Path(__file__).with_name("first_looks.json")
TRAINED: Final = 212
"""Number of the last voice that is learned from; those behind it, and the held-out ones, judge what was learned."""


class FirstLooks:
    """The facts of the rules at first sight, by note."""

    def __init__(self, rules: SecondReaderFile, path: Path = LOOKS) -> None:
        """Read what was kept."""
        self.rules = rules
        kept = json.loads(path.read_text("utf-8"))
        self._facts: dict[str, list[list[Any]]] = {
            name: facts for look in kept for name, facts in look["notes"].items()
        }

    def __len__(self) -> int:
        """Return of how many notes a first look was kept."""
        return len(self._facts)

    def has(self, note: LabelledNote) -> bool:
        """Tell whether a first look at a note was kept."""
        return _name(note) in self._facts

    def facts(self, note: LabelledNote) -> tuple[Fact, ...]:
        """Return the facts of a note as they were first given."""
        text = note.note.text
        return tuple(
            Fact(
                name=name,
                value=self._value(name, value),
                status=Status(status),
                confidence=confidence,
                evidence=tuple(
                    Evidence(start=start, end=end, text=text[start:end], section=None)
                    for start, end in places
                ),
                rule=name,
            )
            for name, value, status, confidence, places in self._facts[_name(note)]
        )

    def _value(self, name: str, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if name not in self.rules.facts:
            return Anastomosis(**value)
        is_wide = self.rules.facts[name].carrier is Carrier.DIMENSIONS
        return Dimensions(**value) if is_wide else Measure(**value)


def is_learned_from(note: LabelledNote) -> bool:
    """Tell whether the reader is trained on a note of the tuned voices."""
    return int(note.voice.rpartition("_")[2]) <= TRAINED


def look(notes: Sequence[LabelledNote], rules: Analyzer) -> dict[str, list[list[Any]]]:
    """Return what the rules give for notes, as it is kept."""
    return {
        _name(note): [
            [
                fact.name,
                plain(fact.value),
                fact.status.value,
                fact.confidence,
                [[place.start, place.end] for place in fact.evidence],
            ]
            for fact in rules.analyze_note(note.note).facts
        ]
        for note in notes
    }


def write_looks(looks: Sequence[Mapping[str, Any]], path: Path = LOOKS) -> None:
    """Write first looks, one line a note."""
    path.write_text(
        "[\n"
        + ",\n".join(
            json.dumps({"commit": each["commit"]})[:-1]
            + ', "notes": {\n'
            + ",\n".join(
                f"{json.dumps(name)}: {json.dumps(facts, separators=(',', ':'))}"
                for name, facts in each["notes"].items()
            )
            + "\n}}"
            for each in looks
        )
        + "\n]\n",
        "utf-8",
    )


def main() -> None:
    """Add what the rules of this checkout give for new voices."""
    parser = argparse.ArgumentParser(
        prog="python -m models.second_reader.first_looks",
        description="Keep what the rules give for voices that nobody has looked at yet.",
    )
    parser.add_argument("commit", help="of this checkout")
    parser.add_argument("voices", nargs="+", metavar="VOICE", help="for example tuned_36")
    options = parser.parse_args()
    rules = analyzer_before("second_reader", load_pack())
    notes = [
        note for note in labelled_notes(Split.TUNED, rules.pack) if note.voice in options.voices
    ]
    kept = json.loads(LOOKS.read_text("utf-8")) if LOOKS.is_file() else []
    write_looks([*kept, {"commit": options.commit, "notes": look(notes, rules)}])


def _name(note: LabelledNote) -> str:
    return f"{note.voice}/{note.path.stem}"


if __name__ == "__main__":
    main()
