"""The numbers of the second reader that is shipped."""

from __future__ import annotations

from scribe.resources import model_folder
from scribe.rules.pack import load_pack
from scribe.suggest.reader.second_reader import load_second_reader
from scribe.suggest.reader.weights import APART


def test_only_facts_that_are_asked_for_are_judged() -> None:
    rules = load_pack().second_reader
    numbers = load_second_reader(model_folder("second_reader"), rules).numbers
    judged = {each.name for each in (*numbers.sentences, *numbers.places)}
    assert judged <= {*rules.facts, *rules.listens, APART}
