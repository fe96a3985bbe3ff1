"""The training of the second reader, its figures, and why it is shipped as it is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from models.labelled import labelled_notes
from models.second_reader.card import PAGE
from models.second_reader.examples import ReadNote, SentenceRow, sentence_rows, written
from models.second_reader.first_looks import FirstLooks
from models.second_reader.learner import (
    Tried,
    fit_joint,
    folds_of,
    judged_apart,
    least_probability,
)
from scribe.evaluate.labels import Label, LabelledNote, Labels, Split
from scribe.resources import model_folder
from scribe.rules.pack import load_pack
from scribe.suggest.numbers import MANIFEST
from scribe.types.fact import Status
from scribe.types.suggestion import Decision
from tests.support.builders import make_note

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(PAGE.path.with_name("metrics.json").read_text("utf-8"))
    return told


def tried(best: float, *, is_right: bool, voice: str = "v") -> Tried:
    return Tried(voice=voice, features={"best": best}, is_right=is_right)


def test_fitting_again_gives_the_same_numbers() -> None:
    examples = [tried(k / 10, is_right=k % 3 > 0) for k in range(30)]
    assert fit_joint(examples, 0.3) == fit_joint(examples, 0.3)


def test_what_is_right_more_often_gets_more() -> None:
    joint = fit_joint([tried(k / 10, is_right=k > 15) for k in range(30)], 0.3)
    assert joint.probability({"best": 3.0}) > joint.probability({"best": 0.0})


def test_what_is_weighed_is_judged_without_the_voices_of_its_fold() -> None:
    mine = [tried(k / 10, is_right=k > 15, voice="mine") for k in range(30)]
    other = [tried(k / 10, is_right=k <= 15, voice="other") for k in range(30)]
    judged = judged_apart([*mine, *other], 0.3)
    assert judged[0] > judged[29]


def test_it_speaks_from_where_it_is_right_often_enough() -> None:
    examples = [tried(0, is_right=False), *[tried(0, is_right=True)] * 30]
    assert least_probability(examples, [0.65, *[0.95] * 30]) == 0.5


def test_it_never_speaks_where_it_is_never_right_enough() -> None:
    examples = [tried(0, is_right=False)] * 5
    assert least_probability(examples, [0.99] * 5) == 1.0


def test_voices_that_came_together_are_in_different_folds() -> None:
    folds = folds_of(["tuned_01", "tuned_02", "tuned_03"])
    assert len(set(folds.values())) == 3


PLANNED = "A skin paddle of the free metatarsal flap was drawn for later."


def row_of(analyzer: Analyzer, *facts: Label) -> SentenceRow:
    """Return the only sentence of a note with such labels."""
    note = make_note(PLANNED)
    labels = Labels(
        code=None,
        decision=Decision.NONE,
        alternatives=(),
        facts=facts,
        traps=(),
        checklist={},
        findings=(),
        no_findings=(),
    )
    labelled = LabelledNote(
        note=note, labels=labels, voice="v", split=Split.TUNED, path=Path("v/note.txt")
    )
    (row,) = sentence_rows(ReadNote(note=labelled, parsed=analyzer.parse(note), facts=()))
    return row


def test_a_sentence_that_plans_is_learned_from_as_a_plan(analyzer: Analyzer) -> None:
    row = row_of(
        analyzer, Label(name="skin_paddle", value={}, status=Status.PLANNED, quote=PLANNED)
    )
    assert (row.says, [status for _, _, status in row.apart]) == (frozenset(), [Status.PLANNED])


def test_a_sentence_that_tells_of_this_operation_is_learned_from_as_such(
    analyzer: Analyzer,
) -> None:
    row = row_of(
        analyzer, Label(name="skin_paddle", value={}, status=Status.PRESENT, quote=PLANNED)
    )
    assert (len(row.says), row.apart) == (1, frozenset())


def test_joins_differ_by_their_vessel_alone() -> None:
    ulnar = {"vessel": "artery", "donor": None, "recipient": "ulnar artery", "technique": None}
    assert written(ulnar) == written({**ulnar, "recipient": "radial artery"})


def test_every_first_look_is_of_a_labelled_note() -> None:
    pack = load_pack()
    looks = FirstLooks(pack.second_reader)
    known = [note for note in labelled_notes(Split.TUNED, pack) if looks.has(note)]
    assert len(known) == len(looks)


def test_the_model_card_shows_the_figures_of_the_last_training() -> None:
    assert PAGE.is_current()


def test_figures_and_model_are_of_one_training(metrics: dict[str, Any]) -> None:
    manifest = json.loads((model_folder("second_reader") / MANIFEST).read_text("utf-8"))
    assert (metrics["data"]["tuned"], metrics["rules"]) == (manifest["data"], manifest["rules"])


@pytest.mark.parametrize("group", ["unseen", "held_out", "left_out"])
def test_it_is_shipped_because_more_facts_are_found(metrics: dict[str, Any], group: str) -> None:
    assert metrics[group]["both"]["facts_f1"] > metrics[group]["rules"]["facts_f1"]


@pytest.mark.parametrize("group", ["left_out", "held_out"])
def test_it_suggests_no_more_wrong_codes(metrics: dict[str, Any], group: str) -> None:
    both, rules = metrics[group]["both"], metrics[group]["rules"]
    assert both["wrong_suggestions"] <= rules["wrong_suggestions"]


@pytest.mark.parametrize("group", ["unseen", "held_out", "left_out"])
def test_it_falls_into_fewer_traps(metrics: dict[str, Any], group: str) -> None:
    assert metrics[group]["both"]["traps_fallen"] < metrics[group]["rules"]["traps_fallen"]


def test_it_takes_no_fact_away_but_one_that_it_gives_its_size(analyzer: Analyzer) -> None:
    alone = analyzer.with_models(replace(analyzer.models, second_reader=None))
    note = labelled_notes(Split.TUNED, analyzer.pack)[-1].note
    kept = {(fact.name, fact.rule) for fact in analyzer.analyze_note(note).facts}
    assert {(fact.name, fact.rule) for fact in alone.analyze_note(note).facts} <= kept
