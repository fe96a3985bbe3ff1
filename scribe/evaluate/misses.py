"""Which misses may be listed, and what a list shows of each: names and offsets; words of the note only where they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scribe.evaluate.counts import Miss
from scribe.evaluate.labels import Split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.evaluate.agree import Agreement
    from scribe.evaluate.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One miss and where to look.

    Attributes:
        path: Of the note, or of the first labels where two labellings are compared.
        miss: What is not as labelled.
        quote: The words at its place, where they were asked for.
    """

    path: Path
    miss: Miss
    quote: str | None = field(default=None, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        span = self.miss.span
        return {
            "file": self.path.as_posix(),
            "start": span.start if span else None,
            "end": span.end if span else None,
            "kind": self.miss.kind,
            "name": self.miss.name,
            "expected": self.miss.expected,
            "got": self.miss.got,
            **({} if self.quote is None else {"quote": self.quote}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """What may be listed; ``hidden`` counts what stands in held-out folders and was left out."""

    listed: tuple[Listed, ...]
    hidden: int


def list_misses(outcomes: Iterable[Outcome], *, with_held_out: bool, with_quotes: bool) -> Misses:
    """List what is not as labelled.

    Args:
        outcomes: Of all notes.
        with_held_out: Also list those of held-out folders, which are then held out no more.
        with_quotes: Show the words of the note at each place.
    """
    listed = []
    hidden = 0
    for outcome in outcomes:
        misses = [miss for each in outcome.judged for miss in each.misses]
        if outcome.note.split is Split.HELD_OUT and not with_held_out:
            hidden += len(misses)
            continue
        text = outcome.note.note.text
        for miss in misses:
            span = miss.span
            quote = text[span.start : span.end] if with_quotes and span else None
            listed.append(Listed(path=outcome.note.path, miss=miss, quote=quote))
    return Misses(listed=tuple(listed), hidden=hidden)


def list_differences(agreements: Iterable[Agreement], *, with_held_out: bool) -> Misses:
    """List where two labellings differ; words of the note are not in them.

    Args:
        agreements: Of two labellings.
        with_held_out: Also list those of held-out folders.
    """
    every = [each for agreement in agreements for each in agreement.differences]
    listed = tuple(
        Listed(path=each.pair.path, miss=each.miss)
        for each in every
        if with_held_out or each.pair.split is not Split.HELD_OUT
    )
    return Misses(listed=listed, hidden=len(every) - len(listed))
