"""Rule files are read strictly, and a mistake is named with its file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from scribe.errors import RulePackError
from scribe.rules.schema import ConditionsFile, Query
from scribe.rules.schema_files import FILE_MODELS, schema_texts
from scribe.rules.yaml_loader import load_file
from scribe.types.condition import All, Distinct, FactIs, Named, Not
from scribe.types.fact import Status

PATTERNS = Path(__file__).parents[3] / "patterns"
SCHEMAS = PATTERNS / "schema"
OF_FOLDER = {"facts": "fact", "signals": "fact", "codes": "code", "requirements": "requirement"}


def load(tmp_path: Path, text: str) -> ConditionsFile:
    path = tmp_path / "conditions.yaml"
    path.write_text(text, "utf-8")
    return load_file(path, ConditionsFile)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: {fact: donor.side}", FactIs),
        ("a: {signal: signal.takeback}", FactIs),
        ("a: {not: {fact: donor.side}}", Not),
        ("a: {all: [{fact: donor.side}]}", All),
        ("a: {holds: b}", Named),
        ("a: {distinct: donor.side}", Distinct),
    ],
)
def test_a_condition_becomes_data(tmp_path: Path, text: str, kind: type) -> None:
    assert isinstance(load(tmp_path, text).root["a"], kind)


def test_a_fact_is_present_unless_said_otherwise(tmp_path: Path) -> None:
    condition = load(tmp_path, "a: {fact: donor.side}").root["a"]
    assert isinstance(condition, FactIs)
    assert condition.statuses == (Status.PRESENT,)


@pytest.mark.parametrize(
    "text",
    [
        "a: {fact: donor.side, colour: red}",
        "a: {fact: donor.side, signal: signal.takeback}",
        "a: {}",
        "a: {all: []}",
        "a: {fact: 20957}",
        "a: {fact: donor.side, status: maybe}",
        "a: {fact: donor.side, in: cellar}",
        "a: {compare: skin, is: true}",
        "a: words to evaluate",
    ],
)
def test_a_wrong_condition_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RulePackError):
        load(tmp_path, text)


def test_the_message_names_file_and_key(tmp_path: Path) -> None:
    with pytest.raises(RulePackError, match=r"conditions\.yaml, a\.not\.fact\.colour: "):
        load(tmp_path, "a: {not: {fact: donor.side, colour: red}}")


def test_a_question_needs_two_answers(tmp_path: Path) -> None:
    path = tmp_path / "query.yaml"
    path.write_text("{text: [Which], options: [one], sources: [X]}", "utf-8")
    with pytest.raises(RulePackError, match="options"):
        load_file(path, Query)


@pytest.mark.parametrize("name", sorted(schema_texts()))
def test_the_schema_file_is_current(name: str) -> None:
    assert (SCHEMAS / name).read_text("utf-8") == schema_texts()[name]


@pytest.mark.parametrize("path", sorted(PATTERNS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_file_of_the_pack_has_a_schema(path: Path) -> None:
    folder = path.parent
    name = path.stem if folder == PATTERNS else OF_FOLDER.get(folder.name, folder.name)
    assert load_file(path, FILE_MODELS[name])


def test_no_schema_is_left_of_a_kind_that_is_gone() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == set(schema_texts())
