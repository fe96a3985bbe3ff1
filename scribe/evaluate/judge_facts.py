"""Judge the facts: right, missed or surplus, with the right status, with evidence on the labelled words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.evaluate.answer import Answer, Reported, Span, first_of
from scribe.evaluate.counts import Hits, Judged, Miss, Pair, said
from scribe.evaluate.labels import JUDGED, Label, Labels
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scribe.evaluate.match import Matcher

NOT_REPORTED = "not reported"
_OF_THE_REPORT = "report."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Which label is answered by which reported fact.

    Attributes:
        right: For each label the reported fact with its name, value and status, or None.
        turned: For each label without one, a fact of that name and value with another status, or None.
        surplus: Reported facts that no label asks for and nothing excuses.
    """

    right: tuple[Reported | None, ...]
    turned: tuple[Reported | None, ...]
    surplus: tuple[Reported, ...]


def pair_facts(labels: Sequence[Label], facts: Iterable[Reported], matcher: Matcher) -> Pairing:
    """Pair labels with reported facts, each with one at most, in the order of the labels."""
    left = list(facts)
    right = tuple(_take(left, label, matcher) for label in labels)
    unpaired = tuple(left)
    turned = tuple(
        None if found else _take_turned(left, label, matcher)
        for label, found in zip(labels, right, strict=True)
    )
    surplus = tuple(
        fact
        for fact in unpaired
        if fact.status in JUDGED
        and not fact.name.startswith(_OF_THE_REPORT)
        and not _is_excused(fact, labels, matcher)
    )
    return Pairing(right=right, turned=turned, surplus=surplus)


def judge_facts(labels: Labels, answer: Answer, text: str, matcher: Matcher) -> Judged:
    """Judge the facts of one note.

    Args:
        labels: What people say.
        answer: What scribe says.
        text: The note, to find the labelled words in.
        matcher: When values agree.
    """
    pairing = pair_facts(labels.facts, answer.facts, matcher)
    facts: dict[str, Hits] = {}
    statuses: dict[str, Hits] = {}
    confusion: Counter[tuple[str, str]] = Counter()
    misses: list[Miss] = []
    for label, found, turned in zip(labels.facts, pairing.right, pairing.turned, strict=True):
        hit = Hits(right=1) if found else Hits(missed=1)
        statuses[label.status] = statuses.get(label.status, Hits()) + hit
        if label.status in JUDGED:
            facts[label.name] = facts.get(label.name, Hits()) + hit
        reported = found or turned
        confusion[label.status.value, reported.status.value if reported else NOT_REPORTED] += 1
        if found is None:
            misses.append(_miss(label, turned, text))
    for fact in pairing.surplus:
        facts[fact.name] = facts.get(fact.name, Hits()) + Hits(surplus=1)
        statuses[fact.status] = statuses.get(fact.status, Hits()) + Hits(surplus=1)
        if all(fact is not each for each in pairing.turned):
            misses.append(_surplus(fact))
    pairs = {
        **_totals(facts),
        "status_errors": (sum(each is not None for each in pairing.turned), len(labels.facts)),
        "unasserted_recall": _unasserted(labels.facts, pairing.right),
    }
    evidence, elsewhere = _evidence(labels.facts, pairing.right, text)
    return Judged(
        pairs={**pairs, **evidence, **_details(labels.facts, pairing.right, matcher)},
        facts=facts,
        statuses={str(name): hits for name, hits in statuses.items()},
        confusion=confusion,
        sureness=_sureness(labels.facts, pairing),
        misses=(*misses, *elsewhere),
    )


def judge_spans(answer: Answer) -> Judged:
    """Look whether the words of the evidence of facts stand where they are said to."""
    spans = [(fact, span) for fact in answer.facts for span in fact.spans]
    false = [(fact, span) for fact, span in spans if not span.is_true]
    return Judged(
        pairs={"bad_spans": (len(false), len(spans))},
        misses=tuple(
            Miss(kind="bad span", name=fact.name, expected="its words", got="others", span=span)
            for fact, span in false
        ),
    )


def judge_traps(labels: Labels, answer: Answer, matcher: Matcher) -> Judged:
    """Judge the traps: values that must not be reported as present."""
    fallen = []
    for trap in labels.traps:
        found = next(
            (
                fact
                for fact in answer.facts
                if fact.name == trap.name
                and fact.status is Status.PRESENT
                and (trap.any_value or matcher.same_value(trap.name, trap.value, fact.value))
            ),
            None,
        )
        if found is not None:
            got, place = said(found.value, found.status), first_of(found.spans)
            expected = "not present"
            fallen.append(Miss(kind="trap", name=trap.name, expected=expected, got=got, span=place))
    return Judged(pairs={"traps_fallen": (len(fallen), len(labels.traps))}, misses=tuple(fallen))


def quote_span(label: Label, text: str) -> Span | None:
    """Return where the labelled words stand; None where the label has none or the note does not hold them."""
    at = text.find(label.quote) if label.quote else -1
    return Span(start=at, end=at + len(label.quote or "")) if at >= 0 else None


def _take(left: list[Reported], label: Label, matcher: Matcher) -> Reported | None:
    for at, fact in enumerate(left):
        if _is_same(label, fact, matcher):
            return left.pop(at)
    return None


def _take_turned(left: list[Reported], label: Label, matcher: Matcher) -> Reported | None:
    for at, fact in enumerate(left):
        if fact.name == label.name and _is_alike(label, fact, matcher):
            return left.pop(at)
    return None


def _is_same(label: Label, fact: Reported, matcher: Matcher) -> bool:
    return (label.name, label.status) == (fact.name, fact.status) and matcher.same_value(
        label.name, label.value, fact.value
    )


def _is_alike(label: Label, fact: Reported, matcher: Matcher) -> bool:
    """Tell whether both mean one thing; a denial often says no value."""
    is_denial = (label.status is Status.ABSENT and label.value is None) or (
        fact.status is Status.ABSENT and fact.value is None
    )
    return label.status is not fact.status and (
        is_denial or matcher.same_value(label.name, label.value, fact.value)
    )


def _is_excused(fact: Reported, labels: Iterable[Label], matcher: Matcher) -> bool:
    """Excuse what repeats a label in other words, and a denial that no label gainsays."""
    named = [label for label in labels if label.name == fact.name]
    if any(_is_same(label, fact, matcher) for label in named):
        return True
    return fact.status is Status.ABSENT and not any(
        label.status is Status.PRESENT
        and (fact.value is None or matcher.same_value(fact.name, label.value, fact.value))
        for label in named
    )


def _totals(facts: dict[str, Hits]) -> dict[str, Pair]:
    """Return F1 as a share too: twice the right ones of all that are labelled or reported."""
    all_facts = sum(facts.values(), Hits())
    right, surplus, missed = all_facts.right, all_facts.surplus, all_facts.missed
    return {
        "facts_precision": (right, right + surplus),
        "facts_recall": (right, right + missed),
        "facts_f1": (2 * right, 2 * right + surplus + missed),
    }


def _unasserted(labels: Sequence[Label], right: Sequence[Reported | None]) -> Pair:
    others = [f for label, f in zip(labels, right, strict=True) if label.status not in JUDGED]
    return sum(each is not None for each in others), len(others)


def _details(
    labels: Sequence[Label], right: Sequence[Reported | None], matcher: Matcher
) -> dict[str, Pair]:
    told = [
        is_right
        for label, fact in zip(labels, right, strict=True)
        if fact is not None and label.status in JUDGED
        for is_right in matcher.details(label.name, label.value, fact.value)
    ]
    return {"join_detail": (sum(told), len(told))}


def _evidence(
    labels: Sequence[Label], right: Sequence[Reported | None], text: str
) -> tuple[dict[str, Pair], list[Miss]]:
    touched = within = of = 0
    misses = []
    for label, fact in zip(labels, right, strict=True):
        quote = quote_span(label, text)
        if fact is None or quote is None or label.status not in JUDGED:
            continue
        of += 1
        is_touched = any(s.start < quote.end and s.end > quote.start for s in fact.spans)
        touched += is_touched
        within += any(quote.start <= s.start and s.end <= quote.end for s in fact.spans)
        if not is_touched:
            where = first_of(fact.spans)
            got = f"{where.start}-{where.end}" if where else "none"
            expected = f"{quote.start}-{quote.end}"
            misses.append(
                Miss(kind="elsewhere", name=label.name, expected=expected, got=got, span=quote)
            )
    return {"evidence_on_quote": (touched, of), "evidence_within_quote": (within, of)}, misses


def _sureness(labels: Sequence[Label], pairing: Pairing) -> tuple[tuple[float, bool], ...]:
    right = [
        (fact.confidence, True)
        for label, fact in zip(labels, pairing.right, strict=True)
        if fact is not None and label.status in JUDGED
    ]
    return (*right, *((fact.confidence, False) for fact in pairing.surplus))


def _miss(label: Label, turned: Reported | None, text: str) -> Miss:
    return Miss(
        kind="status" if turned else "missed",
        name=label.name,
        expected=said(label.value, label.status),
        got=said(turned.value, turned.status) if turned else NOT_REPORTED,
        span=quote_span(label, text) or (first_of(turned.spans) if turned else None),
    )


def _surplus(fact: Reported) -> Miss:
    return Miss(
        kind="surplus",
        name=fact.name,
        expected="not labelled",
        got=said(fact.value, fact.status),
        span=first_of(fact.spans),
    )
