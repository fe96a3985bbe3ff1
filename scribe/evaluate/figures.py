"""From the outcomes of a group of notes to its figures, each with its interval."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scribe.evaluate.calibration import (
    Bin,
    Point,
    Sure,
    bin_sums,
    bins_of,
    calibration_error,
    coverage_curve,
)
from scribe.evaluate.counts import Hits, Pair
from scribe.evaluate.intervals import Interval, Redraws, share_interval
from scribe.rules.evaluation_schema import Over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scribe.evaluate.outcome import Outcome
    from scribe.rules.evaluation_schema import EvaluationFile, FigureRule

_F1 = "facts_f1"
_WORST_FACT = "worst_fact_f1"
_ANSWER, _FACTS = "ece", "fact_ece"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure.

    Attributes:
        value: Usually a share of one; None where there was nothing to judge.
        interval: 95 %; None likewise.
        part: How many; None where the figure is no count.
        of: Of how many.
    """

    value: float | None
    interval: Interval | None
    part: int | None
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Precision, recall and F1 of one fact, status or answer; None where nothing is to be judged."""

    hits: Hits
    precision: Figure
    recall: Figure
    f1: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Everything that is measured on a group of notes.

    Attributes:
        notes: How many.
        figures: By name, in the order of the rules.
        facts: By name, worst F1 first.
        statuses: By name; for those that labels do not list in full, only the recall means something.
        answers: By labelled code or decision.
        statuses_confused: How often which status was labelled and which reported.
        items_confused: The same for items of the checklist.
        answers_confused: The same for code or decision.
        answer_bins: Calibration of code and decision.
        fact_bins: Calibration of facts.
        curve: What abstaining buys.
    """

    notes: int
    figures: dict[str, Figure]
    facts: dict[str, Row]
    statuses: dict[str, Row]
    answers: dict[str, Row]
    statuses_confused: dict[tuple[str, str], int]
    items_confused: dict[tuple[str, str], int]
    answers_confused: dict[tuple[str, str], int]
    answer_bins: tuple[Bin, ...]
    fact_bins: tuple[Bin, ...]
    curve: tuple[Point, ...]


def measure_group(outcomes: Sequence[Outcome], rules: EvaluationFile) -> Group:
    """Add up the outcomes of a group.

    Args:
        outcomes: One for each note; at least one.
        rules: Which figures there are.
    """
    redraws = _redraws(outcomes, rules)
    by_fact = [_merged(each, "facts") for each in outcomes]
    by_status = [_merged(each, "statuses") for each in outcomes]
    by_answer = [_answer_hits(each) for each in outcomes]
    answers = _answer_sureness(outcomes)
    facts = _rows(by_fact, redraws)
    return Group(
        notes=len(outcomes),
        figures=measure_figures(outcomes, rules),
        facts=dict(sorted(facts.items(), key=lambda row: (_worst(row[1].f1), row[0]))),
        statuses=_rows(by_status, redraws),
        answers=_rows(by_answer, redraws),
        statuses_confused=_confused(outcomes, "confusion"),
        items_confused=_confused(outcomes, "items"),
        answers_confused=_sorted(Counter((each.labelled, each.answered) for each in outcomes)),
        answer_bins=bins_of(answers, rules.bins),
        fact_bins=bins_of(_fact_sureness(outcomes), rules.bins),
        curve=coverage_curve(answers),
    )


def measure_figures(outcomes: Sequence[Outcome], rules: EvaluationFile) -> dict[str, Figure]:
    """Return the figures of a group of notes alone, by name."""
    redraws = _redraws(outcomes, rules)
    pairs = [each.pairs for each in outcomes]
    found = {}
    for name, rule in rules.figures.items():
        if name in _CALIBRATED:
            found[name] = _error(outcomes, _CALIBRATED[name], redraws, rules.bins)
        elif name != _WORST_FACT:
            found[name] = _figure([each[name] for each in pairs], rule, redraws)
        else:
            found[name] = _worst_fact(outcomes, rules.least_labels)
    total = sum((hits for each in outcomes for hits in _merged(each, "facts").values()), Hits())
    found[_F1] = _f1(total, found[_F1].interval)
    return found


def _redraws(outcomes: Sequence[Outcome], rules: EvaluationFile) -> Redraws:
    return Redraws(len(outcomes), rules.resamples, rules.seed)


def _figure(pairs: Sequence[Pair], rule: FigureRule, redraws: Redraws) -> Figure:
    part, of = sum(each[0] for each in pairs), sum(each[1] for each in pairs)
    if rule.over is Over.NOTES and of:
        return Figure(value=part / of, interval=share_interval(part, of), part=part, of=of)
    return _drawn(pairs, redraws, is_proportion=rule.proportion)


def _drawn(pairs: Sequence[Pair], redraws: Redraws, *, is_proportion: bool = True) -> Figure:
    part, of = sum(each[0] for each in pairs), sum(each[1] for each in pairs)
    if not of:
        return Figure(value=None, interval=None, part=part, of=of)
    interval = redraws.ratio([each[0] for each in pairs], [each[1] for each in pairs])
    is_flat = interval is None or interval[0] == interval[1]
    if part == 0 or (is_proportion and (is_flat or part == of)):
        interval = share_interval(part, of)
    return Figure(value=part / of, interval=interval, part=part, of=of)


def _f1(hits: Hits, interval: Interval | None) -> Figure:
    """Return F1; where all or nothing is right, which no redraw changes, with Wilson's interval over the facts."""
    if hits.labelled + hits.surplus and not (hits.right and hits.surplus + hits.missed):
        of = hits.right + hits.surplus + hits.missed
        interval = share_interval(hits.right, of)
    return Figure(value=hits.f1, interval=interval, part=None, of=hits.labelled)


def _rows(notes: Sequence[dict[str, Hits]], redraws: Redraws) -> dict[str, Row]:
    names = sorted({name for each in notes for name in each})
    return {name: _row([each.get(name, Hits()) for each in notes], redraws) for name in names}


def _row(hits: Sequence[Hits], redraws: Redraws) -> Row:
    total = sum(hits, Hits())
    both = [(2 * each.right, 2 * each.right + each.surplus + each.missed) for each in hits]
    return Row(
        hits=total,
        precision=_drawn([(each.right, each.right + each.surplus) for each in hits], redraws),
        recall=_drawn([(each.right, each.right + each.missed) for each in hits], redraws),
        f1=_f1(total, _drawn(both, redraws).interval),
    )


def _merged(outcome: Outcome, what: str) -> dict[str, Hits]:
    return {name: hits for each in outcome.judged for name, hits in getattr(each, what).items()}


def _answer_hits(outcome: Outcome) -> dict[str, Hits]:
    if outcome.labelled == outcome.answered:
        return {outcome.labelled: Hits(right=1)}
    return {outcome.labelled: Hits(missed=1), outcome.answered: Hits(surplus=1)}


def _confused(outcomes: Sequence[Outcome], what: str) -> dict[tuple[str, str], int]:
    total: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        for each in outcome.judged:
            total.update(getattr(each, what))
    return _sorted(total)


def _sorted(counts: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    return dict(sorted(counts.items()))


def _answer_sureness(outcomes: Sequence[Outcome]) -> list[Sure]:
    return [(each.confidence, each.is_right) for each in outcomes]


def _fact_sureness(outcomes: Sequence[Outcome]) -> list[Sure]:
    return [sure for note in outcomes for each in note.judged for sure in each.sureness]


def _error(
    outcomes: Sequence[Outcome],
    sureness: Callable[[Sequence[Outcome]], list[Sure]],
    redraws: Redraws,
    bins: int,
) -> Figure:
    by_note = [sureness([each]) for each in outcomes]
    every = [sure for each in by_note for sure in each]
    return Figure(
        value=calibration_error(bins_of(every, bins)),
        interval=redraws.calibration_error([bin_sums(each, bins) for each in by_note]),
        part=None,
        of=len(every),
    )


def _worst_fact(outcomes: Sequence[Outcome], least_labels: int) -> Figure:
    """Return the lowest F1 of a fact that is labelled often enough; an interval of a minimum would mislead."""
    totals: dict[str, Hits] = {}
    for outcome in outcomes:
        for name, hits in _merged(outcome, "facts").items():
            totals[name] = totals.get(name, Hits()) + hits
    values = [hits.f1 or 0.0 for hits in totals.values() if hits.labelled >= least_labels]
    return Figure(value=min(values, default=None), interval=None, part=None, of=len(values))


_CALIBRATED = {_ANSWER: _answer_sureness, _FACTS: _fact_sureness}


def _worst(figure: Figure) -> float:
    return -1.0 if figure.value is None else figure.value
