"""Labels, answers and evaluations for tests; every argument has a plain default."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from scribe.evaluate.answer import Alarm, Answer, Item, Reported, Span
from scribe.evaluate.evaluation import Evaluation, evaluate
from scribe.evaluate.labels import Label, LabelledNote, Labels, Split, Trap
from scribe.evaluate.outcome import Evaluator
from scribe.rules.pack import load_evaluation
from scribe.types.analysis import Engine, Stamp
from scribe.types.checklist import ItemStatus
from scribe.types.fact import Status
from scribe.types.suggestion import Decision
from tests.support.builders import make_note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scribe.evaluate.outcome import Outcome

TEXT = "The left second metatarsal was raised. The skin paddle was 7 x 4 cm. Strip test positive."
ENGINE = Engine(version="0.0.0", rules=Stamp(version="1", hash="abc"), model=None)


class _Pack:
    codes = MappingProxyType({})


class _Analyzer:
    """Stands where answers are given and nothing is analysed."""

    pack = _Pack()


def make_label(
    name: str = "made.up",
    value: Any = "left",
    status: Status = Status.PRESENT,
    quote: str | None = None,
) -> Label:
    """Return one labelled fact."""
    return Label(name=name, value=value, status=status, quote=quote)


def make_reported(
    name: str = "made.up",
    value: Any = "left",
    status: Status = Status.PRESENT,
    *,
    confidence: float = 0.9,
    words: str | None = None,
) -> Reported:
    """Return one reported fact, with evidence where words of the text are given."""
    spans = ()
    if words is not None:
        start = TEXT.index(words)
        spans = (Span(start=start, end=start + len(words)),)
    return Reported(name=name, value=value, status=status, confidence=confidence, spans=spans)


def make_labels(
    code: str | None = "20972",
    decision: Decision | None = None,
    *,
    facts: Sequence[Label] = (),
    traps: Sequence[Trap] = (),
    checklist: Mapping[str, ItemStatus] | None = None,
    alternatives: tuple[str, ...] = (),
    findings: tuple[str, ...] = (),
    no_findings: tuple[str, ...] = (),
) -> Labels:
    """Return the labels of one note."""
    return Labels(
        code=code,
        decision=decision or (Decision.SUGGEST if code else Decision.NONE),
        alternatives=alternatives,
        facts=tuple(facts),
        traps=tuple(traps),
        checklist=checklist or {},
        findings=findings,
        no_findings=no_findings,
    )


def make_answer(
    code: str | None = "20972",
    decision: str | None = None,
    *,
    confidence: float = 0.85,
    facts: Sequence[Reported] = (),
    checklist: Mapping[str, str] | None = None,
    asked: str = "20972",
    findings: Sequence[str] = (),
) -> Answer:
    """Return what scribe answers for one note."""
    items = {name: Item(status=status, spans=()) for name, status in (checklist or {}).items()}
    return Answer(
        code=code,
        decision=decision or ("suggest" if code else "none"),
        confidence=confidence,
        facts=tuple(facts),
        checklists={asked: items},
        findings=tuple(Alarm(kind=kind, spans=()) for kind in findings),
    )


def make_outcome(
    labels: Labels, answer: Answer, *, name: str = "one", voice: str = "tuned_01", seconds: float = 0.0
) -> Outcome:  # fmt: skip
    """Judge an answer by labels, without any analysis."""
    split = {"h": Split.HELD_OUT, "t": Split.TUNED}.get(voice[0], Split.OWN)
    note = LabelledNote(
        note=make_note(TEXT, note_id=name),
        labels=labels,
        voice=voice,
        split=split,
        path=Path("notes") / voice / f"{name}.txt",
    )
    judge = Evaluator(_Analyzer(), load_evaluation())  # type: ignore[arg-type]
    return judge.judge_answer(note, answer, seconds=seconds, engine=ENGINE)


def small_evaluation() -> Evaluation:
    """Return an evaluation of five notes in three folders, with something right and something wrong of every kind."""
    side = make_label(quote="left second metatarsal")
    paddle = make_label("size", {"length_cm": 7, "width_cm": 4}, quote="7 x 4 cm")
    plan = make_label("check", "doppler", Status.PLANNED)
    trap = Trap(name="made.up", value="right", any_value=False)
    full = make_labels(
        facts=(side, paddle, plan),
        traps=(trap,),
        checklist={"site": ItemStatus.MET, "skin": ItemStatus.PARTIAL},
        no_findings=("missing",),
    )
    right = make_answer(
        facts=(make_reported(words="left"), make_reported("size", {"length_cm": 7.0, "width_cm": 4.0}, words="7 x 4 cm")),
        checklist={"site": "met", "skin": "met"},
        findings=("missing",),
    )  # fmt: skip
    wrong = make_answer(
        "20957",
        confidence=0.6,
        facts=(make_reported(value="right", words="second"), make_reported("size", {"length_cm": 7, "width_cm": 4}, Status.ABSENT)),
        checklist={"site": "missing", "skin": "partial"},
    )  # fmt: skip
    none = make_labels(None, findings=("placeholder",))
    cases = [
        (full, right, "one", "held_out_01"),
        (full, wrong, "two", "held_out_01"),
        (full, right, "three", "tuned_01"),
        (none, make_answer(None, confidence=0.9), "four", "tuned_01"),
        (none, make_answer(None, "query", confidence=0.7, findings=("placeholder",)), "five", "tuned_02"),
    ]  # fmt: skip
    outcomes = [
        make_outcome(labels, answer, name=name, voice=voice)
        for labels, answer, name, voice in cases
    ]
    return evaluate(outcomes, load_evaluation())
