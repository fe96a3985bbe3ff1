"""scribe as a library."""

from __future__ import annotations

import dataclasses
import json
import pickle
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import scribe
from scribe.errors import EmptyNote, RulePackError
from scribe.pipeline import Analyzer, Models
from scribe.render.as_json import as_json
from scribe.rules.pack import load_pack
from scribe.suggest.models import PARTS
from scribe.types.analysis import Engine

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.pipeline import AnalyzedNote


@pytest.fixture(scope="module")
def analysis(analyzer: Analyzer, root: Path) -> AnalyzedNote:
    text = (root / "sample_notes" / "typed_with_skin.txt").read_text("utf-8")
    return analyzer.analyze(text, note_id="case-17")


def test_the_note_keeps_its_id_and_text(analysis: AnalyzedNote, root: Path) -> None:
    text = (root / "sample_notes" / "typed_with_skin.txt").read_text("utf-8")
    assert (analysis.note.id, analysis.note.text) == ("case-17", text)


def test_codes_stand_best_first(analysis: AnalyzedNote) -> None:
    shares = [each.probability for each in analysis.codes]
    assert shares == sorted(shares, reverse=True)


def test_the_suggested_code_is_the_best(analysis: AnalyzedNote) -> None:
    assert analysis.suggestion.code == analysis.codes[0].code


def test_signals_stand_apart_from_facts(analysis: AnalyzedNote) -> None:
    assert [fact.signal for fact in analysis.facts] == [False] * len(analysis.facts)
    assert [fact.signal for fact in analysis.signals] == [True] * len(analysis.signals)


def test_findings_stand_most_severe_first(analysis: AnalyzedNote) -> None:
    order = ["high", "medium", "low", "info"]
    places = [order.index(each.severity.value) for each in analysis.findings]
    assert places == sorted(places)


def test_an_analysis_names_what_made_it(analysis: AnalyzedNote, analyzer: Analyzer) -> None:
    engine = analysis.engine
    assert engine.version == scribe.__version__
    assert (engine.rules.version, engine.rules.hash) == (analyzer.pack.version, analyzer.pack.hash)


def test_an_analysis_names_the_learned_model(analysis: AnalyzedNote, root: Path) -> None:
    manifest = json.loads(
        (root / "models/code_suggester/artifact/manifest.json").read_text("utf-8")
    )
    model = analysis.engine.model
    assert model is not None
    assert manifest["weights"]["sha256"].startswith(model.hash)
    assert model.version == manifest["version"]


def test_another_analyzer_gives_the_same_bytes(analysis: AnalyzedNote) -> None:
    other = Analyzer().analyze(analysis.note.text, note_id=analysis.note.id)
    assert as_json(other) == as_json(analysis)


def test_a_pattern_that_does_not_compile_is_named_before_any_note(
    tmp_path: Path, root: Path
) -> None:
    folder = tmp_path / "patterns"
    shutil.copytree(root / "patterns", folder)
    file = folder / "facts" / "microscope.yaml"
    text = file.read_text("utf-8")
    assert "pattern: 'SCOPE'" in text
    file.write_text(text.replace("pattern: 'SCOPE'", "pattern: '( SCOPE'", 1), "utf-8")
    with pytest.raises(RulePackError, match=r"^microscope\.used: the pattern does not compile"):
        Analyzer(load_pack(folder), models=Models())


def test_the_rules_alone_name_no_model(analysis: AnalyzedNote, analyzer: Analyzer) -> None:
    alone = analyzer.with_models(Models()).analyze(analysis.note.text)
    engine = alone.engine
    assert engine == Engine(version=engine.version, rules=engine.rules)
    assert alone.suggestion.model is None


@pytest.mark.parametrize("part", PARTS)
def test_each_model_can_be_left_out_alone(
    part: str, analysis: AnalyzedNote, analyzer: Analyzer
) -> None:
    others = dataclasses.replace(analyzer.models, **{part: None})
    engine = analyzer.with_models(others).analyze(analysis.note.text).engine
    left_out = set(analyzer.models.stamps) - set(others.stamps)
    named = {each.name for each in dataclasses.fields(engine) if getattr(engine, each.name)}
    assert (len(left_out), named & left_out) == (1, set())


def test_an_analyzer_with_other_models_leaves_the_first_as_it_was(
    analysis: AnalyzedNote, analyzer: Analyzer
) -> None:
    analyzer.with_models(Models()).analyze("A note.")
    assert analyzer.analyze(analysis.note.text, note_id="case-17").to_dict() == analysis.to_dict()


def test_facts_extracted_alone_are_those_of_an_analysis(
    analysis: AnalyzedNote, analyzer: Analyzer
) -> None:
    told = analyzer.extract_facts(analysis.note).facts
    assert set(map(repr, told)) == set(map(repr, (*analysis.facts, *analysis.signals)))


def test_an_analysis_can_be_sent_to_another_process(analysis: AnalyzedNote) -> None:
    assert pickle.loads(pickle.dumps(analysis)).to_dict() == analysis.to_dict()  # noqa: S301


def test_an_analysis_cannot_be_changed(analysis: AnalyzedNote) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        analysis.addendum = "done"  # type: ignore[misc]


def test_the_object_is_plain_json(analysis: AnalyzedNote) -> None:
    result = analysis.to_dict()
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_rules_of_the_date_of_service_are_used(analyzer: Analyzer) -> None:
    first = min(spec.valid.start for spec in analyzer.pack.codes.values())
    assert analyzer.analyze("A note.", as_of=first).codes
    assert analyzer.analyze("A note.", as_of=date(1990, 1, 1)).codes == ()


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(EmptyNote):
        scribe.analyze(" \n")


@pytest.mark.parametrize("given", [None, b"Quenzelbrook"])
def test_what_is_no_text_is_refused_without_a_word_of_it(given: Any) -> None:
    with pytest.raises(TypeError, match=r"text is expected, .*read_note") as caught:
        scribe.analyze(given)
    assert "Quenzelbrook" not in str(caught.value)


def test_the_repr_of_an_analysis_holds_no_word_of_the_note(analyzer: Analyzer) -> None:
    text = "PROCEDURE: Free Quenzelbrook fibula flap for Quenzelbrook."
    analysis = analyzer.analyze(text)
    assert "Quenzelbrook" not in repr(analysis)
