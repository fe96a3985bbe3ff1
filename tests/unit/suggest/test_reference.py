"""What is stored beside the learned model still holds: its features, its probabilities, its figures, its data."""

from __future__ import annotations

import hashlib
import json

import pytest

from models.code_suggester.artifact_file import ARTIFACT, HERE
from models.code_suggester.card import PAGE
from models.code_suggester.reference import reference_of, stored_reference
from models.voices import HELD_OUT, TUNED, read_voices
from scribe.resources import samples_folder
from scribe.rules.pack import load_pack
from scribe.suggest.numbers import read_manifest
from scribe.suggest.second_opinion import TITLE, load_second_opinion


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, dict[str, object]] | None]:
    return reference_of(load_pack())


@pytest.mark.parametrize("note", stored_reference())
def test_the_features_of_a_sample_note_are_those_of_the_training(note: str, told: dict) -> None:
    """Meant? Then ``python -m models.code_suggester.reference``, and ``make train`` before the next release."""
    assert features(told[note]) == features(stored_reference()[note])


@pytest.mark.parametrize("note", stored_reference())
def test_the_probabilities_of_a_sample_note_are_those_of_the_training(
    note: str, told: dict
) -> None:
    expected = probabilities(stored_reference()[note])
    assert probabilities(told[note]) == pytest.approx(expected, abs=1e-5)


def test_every_sample_note_is_in_the_reference(told: dict) -> None:
    assert sorted(told) == sorted(stored_reference())


def test_the_model_card_shows_the_figures_of_the_last_training() -> None:
    assert PAGE.is_current()


def test_figures_and_artifact_are_of_one_training() -> None:
    metrics = json.loads((HERE / "metrics.json").read_text("utf-8"))
    policy = load_second_opinion(ARTIFACT, load_pack()).policy
    assert metrics["data"]["tuned"] == read_manifest(ARTIFACT, TITLE).data
    assert metrics["policy"] == policy.model_dump()


def test_a_model_may_hold_codes_back_only_where_that_loses_no_more_than_it_prevents() -> None:
    metrics = json.loads((HERE / "metrics.json").read_text("utf-8"))
    held = metrics["leave_one_voice_out"]["held_back"]
    may = held["right_lost"] <= held["wrong_prevented"]
    assert bool(metrics["policy"]["hold_back"]) <= may


def test_no_sample_note_is_among_the_labelled_notes() -> None:
    samples = {digest(path.read_bytes()) for path in samples_folder().rglob("*") if path.is_file()}
    notes = {
        digest(note.text.encode()) for prefix in (TUNED, HELD_OUT) for note in read_voices(prefix)
    }
    assert samples & notes == set()


def features(told: dict | None) -> dict | None:
    return None if told is None else {code: each["features"] for code, each in told.items()}


def probabilities(told: dict | None) -> dict | None:
    return None if told is None else {code: each["probability"] for code, each in told.items()}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
