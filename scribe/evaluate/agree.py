"""How far two people label the same notes alike: without that, nobody can say how good a tool could be."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scribe.batch.statistics import kappa
from scribe.errors import GoldError
from scribe.evaluate.answer import Reported, first_of
from scribe.evaluate.check import check_labels
from scribe.evaluate.counts import Hits, Miss, said
from scribe.evaluate.judge_facts import pair_facts, quote_span
from scribe.evaluate.labels import JUDGED, Labels, Split
from scribe.evaluate.read import (
    LABELS,
    SECOND,
    name_of,
    note_text,
    read_labels,
    split_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scribe.evaluate.labels import Label
    from scribe.evaluate.match import Matcher
    from scribe.rules.pack import RulePack

NOT_LABELLED = "not labelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two labellings of one note.

    Attributes:
        name: Of the note.
        split: Whether the folder of the first labels is held out.
        path: Of the first labels.
        first: By the one.
        second: By the other.
        text: The note, to tell where they differ; None where it is not there.
    """

    name: str
    split: Split
    path: Path
    first: Labels
    second: Labels
    text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that two people label differently; ``expected`` of the miss is the first one's word."""

    pair: Pair
    miss: Miss


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two labellings of the same notes.

    Attributes:
        notes: How many both labelled.
        facts: Facts that are present or absent: the same in both, only in the second, only in the first. Their F1 is the same
            whoever is first.
        codes_same: Notes with the same code and decision.
        code_kappa: Cohen's kappa of code or decision; None where nothing could differ by chance.
        items: Checklist items that both labelled, of the same code.
        items_same: Those with the same status.
        item_kappa: Cohen's kappa of their status.
        findings: Kinds of findings, counted as the facts are.
        differences: Everything that differs.
    """

    notes: int
    facts: Hits
    codes_same: int
    code_kappa: float | None
    items: int
    items_same: int
    item_kappa: float | None
    findings: Hits
    differences: tuple[Difference, ...]


def read_pairs(first: Path, second: Path, pack: RulePack) -> tuple[Pair, ...]:
    """Pair the labels of two folders by their path below each.

    Raises:
        GoldError: Labels are damaged, or the second folder holds labels of a note that the first has not.
    """
    pairs = []
    for path in label_files_of(second):
        origin = first / path.relative_to(second)
        if not origin.is_file():
            msg = f"{path}: {origin} is missing; two labellings of a note need one name"
            raise GoldError(msg)
        pair = _pair(origin, path, pack)
        if pair is not None:
            pairs.append(pair)
    return tuple(pairs)


def second_pairs(folders: Iterable[Path], pack: RulePack) -> tuple[Pair, ...]:
    """Pair the labels of folders with those in a folder ``second`` beside them.

    Raises:
        GoldError: Labels are damaged, or there is no first labelling of a note.
    """
    found: dict[Path, Pair] = {}
    for root in folders:
        for path in sorted(root.rglob(f"{SECOND}/*{LABELS}")):
            origin = path.parent.parent / path.name
            if not origin.is_file():
                msg = f"{path}: {origin} is missing; two labellings of a note need one name"
                raise GoldError(msg)
            pair = _pair(origin, path, pack)
            if pair is not None:
                found[path.resolve()] = pair
    return tuple(found.values())


def agreement_by_split(pairs: Sequence[Pair], matcher: Matcher) -> dict[Split, Agreement]:
    """Compare the labellings, held-out notes apart from the others."""
    return {
        split: compare([each for each in pairs if each.split is split], matcher)
        for split in Split
        if any(each.split is split for each in pairs)
    }


def compare(pairs: Sequence[Pair], matcher: Matcher) -> Agreement:
    """Compare two labellings of the same notes."""
    facts, findings = Hits(), Hits()
    items: list[tuple[str, str]] = []
    differences: list[Difference] = []
    for pair in pairs:
        hits, misses = _compare_facts(pair, matcher)
        kinds, more = _compare_findings(pair)
        both, short = _compare_items(pair)
        facts, findings = facts + hits, findings + kinds
        items += both
        code = _compare_codes(pair)
        differences += [
            Difference(pair=pair, miss=each) for each in (*code, *misses, *short, *more)
        ]
    codes = [(each.first.answer, each.second.answer) for each in pairs]
    return Agreement(
        notes=len(pairs),
        facts=facts,
        codes_same=sum(one == other for one, other in codes),
        code_kappa=kappa(codes),
        items=len(items),
        items_same=sum(one == other for one, other in items),
        item_kappa=kappa(items),
        findings=findings,
        differences=tuple(differences),
    )


def label_files_of(folder: Path) -> tuple[Path, ...]:
    """Return the files of labels below a folder that needs no notes.

    Raises:
        GoldError: There is none.
    """
    files = tuple(sorted(folder.rglob(f"*{LABELS}"))) if folder.is_dir() else ()
    if not files:
        msg = f"{folder}: holds no NAME{LABELS}; give the folder of the second labels"
        raise GoldError(msg)
    return files


def _pair(origin: Path, path: Path, pack: RulePack) -> Pair | None:
    first, second = read_labels(origin), read_labels(path)
    if first is None or second is None:
        return None
    text = note_text(origin)
    check_labels(origin, first, text, pack)
    check_labels(path, second, text, pack)
    return Pair(
        name=name_of(origin),
        split=split_of(origin),
        path=origin,
        first=first,
        second=second,
        text=text,
    )


def _judged(labels: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(each for each in labels if each.status in JUDGED)


def _compare_facts(pair: Pair, matcher: Matcher) -> tuple[Hits, list[Miss]]:
    one, text = _judged(pair.first.facts), pair.text or ""
    reported = [_as_reported(each, text) for each in _judged(pair.second.facts)]
    pairing = pair_facts(one, reported, matcher)
    same = sum(each is not None for each in pairing.right)
    misses = [
        Miss(
            kind="status" if turned else "only first",
            name=label.name,
            expected=said(label.value, label.status),
            got=said(turned.value, turned.status) if turned else NOT_LABELLED,
            span=quote_span(label, text),
        )
        for label, found, turned in zip(one, pairing.right, pairing.turned, strict=True)
        if found is None
    ]
    known = [each for each in (*pairing.right, *pairing.turned) if each is not None]
    misses += [
        Miss(
            kind="only second",
            name=each.name,
            expected=NOT_LABELLED,
            got=said(each.value, each.status),
            span=first_of(each.spans),
        )
        for each in reported
        if all(each is not fact for fact in known)
    ]
    return Hits(right=same, surplus=len(reported) - same, missed=len(one) - same), misses


def _as_reported(label: Label, text: str) -> Reported:
    """Take the second person's label as if a tool had reported it."""
    span = quote_span(label, text)
    return Reported(
        name=label.name,
        value=label.value,
        status=label.status,
        confidence=1.0,
        spans=(span,) if span else (),
    )


def _compare_codes(pair: Pair) -> list[Miss]:
    one, other = pair.first.answer, pair.second.answer
    return (
        [] if one == other else [Miss(kind="code", name="code", expected=one, got=other, span=None)]
    )


def _compare_items(pair: Pair) -> tuple[list[tuple[str, str]], list[Miss]]:
    if pair.first.judged_code != pair.second.judged_code:
        return [], []
    both = [
        (name, status.value, pair.second.checklist[name].value)
        for name, status in pair.first.checklist.items()
        if name in pair.second.checklist
    ]
    misses = [
        Miss(kind="item", name=name, expected=one, got=other, span=None)
        for name, one, other in both
        if one != other
    ]
    return [(one, other) for _, one, other in both], misses


def _compare_findings(pair: Pair) -> tuple[Hits, list[Miss]]:
    one, other = set(pair.first.findings), set(pair.second.findings)
    misses = [
        Miss(
            kind="finding",
            name=kind,
            expected="labelled" if kind in one else NOT_LABELLED,
            got="labelled" if kind in other else NOT_LABELLED,
            span=None,
        )
        for kind in sorted(one ^ other)
    ]
    hits = Hits(right=len(one & other), surplus=len(other - one), missed=len(one - other))
    return hits, misses
