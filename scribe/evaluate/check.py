"""Whether labels fit their note and the rules: every name is known, every quote is found once, no trap is a fact."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from scribe.errors import GoldError
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scribe.evaluate.labels import Labels
    from scribe.evaluate.match import Matcher
    from scribe.rules.pack import RulePack


def check_labels(
    path: Path,
    labels: Labels,
    text: str | None,
    pack: RulePack,
    matcher: Matcher | None = None,
) -> None:
    """Check the labels of one note.

    Args:
        path: Of the labels, for the message.
        labels: What was read from it.
        text: The note; None where only names are to be checked.
        pack: The rules that know the names.
        matcher: Compares values as the evaluation will; None where traps are not to be checked.

    Raises:
        GoldError: For the first thing that does not fit. It names file, place and mend, and no word of the note.
    """
    problem = next(_unknown(labels, pack), None)
    if problem is None and text is not None:
        problem = next(_misquoted(labels, text), None)
    if problem is None and matcher is not None:
        problem = next(_trapped(labels, matcher), None)
    if problem is not None:
        msg = f"{path}: {problem}"
        raise GoldError(msg)


def fact_names(pack: RulePack) -> tuple[str, ...]:
    """Return the facts of the contract that the rules know."""
    return tuple(rule.name for rule in pack.language.facts if not rule.signal)


def _unknown(labels: Labels, pack: RulePack) -> Iterator[str]:
    facts, codes, kinds = fact_names(pack), tuple(pack.codes), tuple(pack.findings.kinds)
    asked = [
        *((f"facts.{at}", each.name, "fact", facts) for at, each in enumerate(labels.facts)),
        *((f"not_present.{at}", each.name, "fact", facts) for at, each in enumerate(labels.traps)),
        *(("checklist", each, "item", tuple(pack.requirements)) for each in labels.checklist),
        *(("findings", each, "kind of finding", kinds) for each in labels.findings),
        *(("no_findings", each, "kind of finding", kinds) for each in labels.no_findings),
        *(("alternatives", each, "code", codes) for each in labels.alternatives),
    ]
    if labels.code is not None:
        asked.append(("code", labels.code, "code", codes))
    for place, name, what, known in asked:
        if name not in known:
            yield f"{place}: {name!r} is no {what} that the rules know{_instead(name, known)}"


def _instead(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else "; docs/contract.md lists them"


def _misquoted(labels: Labels, text: str) -> Iterator[str]:
    for at, label in enumerate(labels.facts):
        if label.quote is None:
            continue
        count = text.count(label.quote)
        if count == 0:
            yield f"facts.{at} ({label.name}): its quote is not in the note; copy the words exactly"
        elif count > 1:
            yield f"facts.{at} ({label.name}): its quote stands {count} times in the note; make it longer"


def _trapped(labels: Labels, matcher: Matcher) -> Iterator[str]:
    """Yield the traps into which every right answer would fall, as a fact of the same note says the same."""
    for at, trap in enumerate(labels.traps):
        for of, label in enumerate(labels.facts):
            if (
                label.name == trap.name
                and label.status is Status.PRESENT
                and (trap.any_value or matcher.same_value(trap.name, trap.value, label.value))
            ):
                yield (
                    f"not_present.{at} ({trap.name}): facts.{of} says the same, as far as values are compared; "
                    "leave the trap out"
                )
