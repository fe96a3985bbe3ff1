"""The labelled paragraphs: what is labelled can be reported, and their stock notes hold them whole."""

from __future__ import annotations

import json

import pytest

from models.paragraphs.read import DECISIONS, FRAMES, HERE, Paragraph, read_paragraphs
from scribe.rules.pack import load_pack

FACT_NAMES = {rule.name for rule in load_pack().language.facts if not rule.signal}
TOPICS = sorted(FRAMES | DECISIONS)
ALL = [paragraph for topic in TOPICS for paragraph in read_paragraphs(topic)]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_paragraph_stands_whole_in_its_note(topic: str) -> None:
    rows = [json.loads(line)["text"] for line in (HERE / f"{topic}.jsonl").read_text("utf-8").splitlines()]  # fmt: skip
    assert [p.text[p.start : p.end] for p in read_paragraphs(topic)] == rows


def test_no_paragraph_stands_twice() -> None:
    texts = [paragraph.text for paragraph in ALL]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("paragraph", ALL, ids=lambda each: each.id)
def test_labels_name_facts_of_the_contract(paragraph: Paragraph) -> None:
    assert {name for name, _, _ in paragraph.facts} <= FACT_NAMES


@pytest.mark.parametrize("topic", sorted(DECISIONS))
def test_a_topic_on_the_code_is_labelled_with_answers(topic: str) -> None:
    assert {paragraph.codes is None for paragraph in read_paragraphs(topic)} == {False}


QUOTES = {
    (topic, name): facts
    for topic, paragraphs in json.loads((HERE / "quotes.json").read_text("utf-8")).items()
    for name, facts in paragraphs.items()
}


@pytest.mark.parametrize("place", QUOTES, ids=":".join)
def test_the_quoted_words_stand_in_their_paragraph(place: tuple[str, str]) -> None:
    topic, name = place
    (paragraph,) = [each for each in read_paragraphs(topic) if each.id == name]
    words = paragraph.text[paragraph.start : paragraph.end]
    assert [quote for quote in QUOTES[place].values() if quote not in words] == []


@pytest.mark.parametrize("place", QUOTES, ids=":".join)
def test_a_quote_is_of_a_labelled_fact(place: tuple[str, str]) -> None:
    topic, name = place
    (paragraph,) = [each for each in read_paragraphs(topic) if each.id == name]
    assert {int(at) for at in QUOTES[place]} <= set(range(len(paragraph.facts)))
