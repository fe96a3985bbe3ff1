"""What may be told outside of a result: names in one line, failures by kind and place, and nothing that a library says of a text."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An unforeseen failure, as far as it may be told: its own message may hold words of a note.

    Attributes:
        name: The kind of the error.
        place: File and line in the code.
    """

    name: str
    place: str

    def __str__(self) -> str:
        """Return both, for a log."""
        return f"{self.name} at {self.place}"

    @property
    def message(self) -> str:
        """What to tell who gave the note."""
        return f"internal error {self}; please report it without the note"


def fault_of(error: BaseException) -> Fault:
    """Return what may be told of an error that was raised."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Fault(name=type(error).__name__, place=f"{Path(last.filename).name}:{last.lineno}")


def silence(*streams: int) -> None:
    """Send streams of this process nowhere: libraries may write words of a note to them.

    Args:
        streams: Their numbers, 1 for standard output and 2 for standard error.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream)
    os.close(nowhere)


def printable(text: str) -> str:
    """Return a name in one line that is safe to show: control characters become ``?``."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else "?" for each in text)
