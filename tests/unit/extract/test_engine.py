"""Places that say the same become one fact; vaguer and denied ones give way as the rule asks."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import RulePackError
from scribe.extract.engine import build_extractor
from scribe.rules.fact_schema import AnyFactFile
from scribe.rules.language import FactRule, Language
from scribe.types.fact import MOST_EVIDENCE
from scribe.types.mention import Cue, ParsedNote, Placeholder, Sentence
from tests.support.builders import make_note
from tests.support.tagged import make_cue, make_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.types.fact import Fact

WORDS = [
    {"id": "made.up.fine", "pattern": "FINE", "value": "fine"},
    {"id": "made.up.vague", "pattern": "VAGUE", "value": "vague"},
]


def rule(name: str = "made.up", **parts: Any) -> FactRule:
    content = {"kind": "choice", "label": "L", "meaning": "M.", "sources": ["S"], "find": WORDS}
    file = AnyFactFile.model_validate_json(json.dumps({**content, **parts})).root
    return FactRule(name=name, signal=False, file=file)


def note_of(*sentences: Sentence, placeholders: tuple[Placeholder, ...] = ()) -> ParsedNote:
    """Return a note of sentences, one behind the other."""
    moved: list[Sentence] = []
    at = 0
    for index, each in enumerate(sentences):
        items = tuple(i._replace(start=i.start + at, end=i.end + at) for i in each.items)
        cues = tuple(
            Cue(
                category=c.category,
                rule=c.rule,
                start=c.start + at,
                end=c.end + at,
                scope_start=c.scope_start + at,
                scope_end=c.scope_end + at,
            )
            for c in each.cues
        )
        moved.append(
            dataclasses.replace(
                each, index=index, start=at, end=at + each.end, items=items, cues=cues
            )
        )
        at += each.end + 1
    text = " ".join(item.word for each in moved for item in each.items) + " "
    return ParsedNote(
        note=make_note(text),
        sections=(),
        sentences=tuple(moved),
        placeholders=placeholders,
        has_headings=True,
    )


def extract(language: Language, facts: tuple[FactRule, ...], parsed: ParsedNote) -> list[Fact]:
    return list(build_extractor(dataclasses.replace(language, facts=facts)).extract(parsed))


def values(facts: list[Fact]) -> list[tuple[Any, str]]:
    return [(fact.value, fact.status.value) for fact in facts]


def denied(written: str) -> Sentence:
    return make_sentence(written, cues=[make_cue("NEGATED", 0, 2, reach=(0, 99))])


def test_two_places_make_one_fact(language: Language) -> None:
    parsed = note_of(make_sentence("it is FINE=good"), make_sentence("still FINE=well"))
    (fact,) = extract(language, (rule(),), parsed)
    assert [each.text for each in fact.evidence] == ["good", "well"]


def test_two_places_are_surer_than_one(language: Language) -> None:
    once = note_of(make_sentence("it is FINE=good"))
    twice = note_of(make_sentence("it is FINE=good"), make_sentence("still FINE=well"))
    one, two = (extract(language, (rule(),), parsed)[0].confidence for parsed in (once, twice))
    assert one < two <= 0.99


def test_two_values_make_two_facts(language: Language) -> None:
    parsed = note_of(make_sentence("FINE=good but VAGUE=so"))
    assert values(extract(language, (rule(),), parsed)) == [
        ("fine", "present"),
        ("vague", "present"),
    ]


def test_two_statuses_make_two_facts(language: Language) -> None:
    parsed = note_of(denied("no FINE=good"), make_sentence("now FINE=good"))
    assert values(extract(language, (rule(),), parsed)) == [
        ("fine", "absent"),
        ("fine", "present"),
    ]


def test_a_vaguer_value_gives_way_to_a_finer_one_anywhere(language: Language) -> None:
    made = rule(options={"vaguer": {"vague": ["fine"]}})
    parsed = note_of(make_sentence("VAGUE=so"), make_sentence("FINE=good"))
    assert values(extract(language, (made,), parsed)) == [("fine", "present")]


def test_a_vaguer_value_stays_where_the_finer_one_is_denied(language: Language) -> None:
    made = rule(options={"vaguer": {"vague": ["fine"]}})
    parsed = note_of(make_sentence("VAGUE=so"), denied("no FINE=good"))
    assert ("vague", "present") in values(extract(language, (made,), parsed))


def test_a_value_absorbs_another_of_its_sentence(language: Language) -> None:
    made = rule(options={"absorbs": {"fine": ["vague"]}})
    parsed = note_of(make_sentence("FINE=good and VAGUE=so"))
    assert values(extract(language, (made,), parsed)) == [("fine", "present")]


def test_a_value_absorbs_nothing_of_another_sentence(language: Language) -> None:
    made = rule(options={"absorbs": {"fine": ["vague"]}})
    parsed = note_of(make_sentence("FINE=good"), make_sentence("VAGUE=so"))
    assert len(extract(language, (made,), parsed)) == 2


@pytest.mark.parametrize("word", [";", "plus"])
def test_a_value_absorbs_nothing_behind_a_word_that_parts(language: Language, word: str) -> None:
    made = rule(options={"absorbs": {"fine": ["vague"]}})
    parsed = note_of(make_sentence(f"FINE=good {word} VAGUE=so"))
    assert len(extract(language, (made,), parsed)) == 2
    joins = language.words.joins.model_copy(update={"parting": frozenset()})
    words = language.words.model_copy(update={"joins": joins})
    whole = dataclasses.replace(language, words=words)
    assert values(extract(whole, (made,), parsed)) == [("fine", "present")]


def test_open_text_shows_its_first_places(language: Language) -> None:
    made = rule(find=[], options={"from": "placeholders", "confidence": 0.9})
    blanks = tuple(
        Placeholder(rule="made.up", kind="blank", start=at, end=at + 3)
        for at in range(0, 4 * 2 * MOST_EVIDENCE, 4)
    )
    parsed = note_of(make_sentence(" ".join(["***"] * len(blanks))), placeholders=blanks)
    (fact,) = extract(language, (made,), parsed)
    assert [each.start for each in fact.evidence] == [b.start for b in blanks[:MOST_EVIDENCE]]


def test_a_denial_wins_in_its_sentence(language: Language) -> None:
    deny = {"id": "made.up.denied", "pattern": "no FINE", "value": "fine", "status": "absent"}
    made = rule(find=[*WORDS, deny], options={"denial_wins": True})
    parsed = note_of(make_sentence("no FINE=good"))
    assert values(extract(language, (made,), parsed)) == [("fine", "absent")]


def test_a_denial_wins_nothing_in_another_sentence(language: Language) -> None:
    deny = {"id": "made.up.denied", "pattern": "no FINE", "value": "fine", "status": "absent"}
    made = rule(find=[*WORDS, deny], options={"denial_wins": True})
    parsed = note_of(make_sentence("no FINE=good"), make_sentence("later FINE=good"))
    assert ("fine", "present") in values(extract(language, (made,), parsed))


def test_a_fact_that_is_never_absent(language: Language) -> None:
    made = rule(options={"never_absent": True})
    assert extract(language, (made,), note_of(denied("no FINE=good"))) == []


DERIVED = [{"fact": "made.up", "status": "present", "value": "so", "confidence": 0.7}]
FOLLOWS = rule("other", find=[], options={"derived_from": DERIVED})


def test_a_fact_follows_from_another(language: Language) -> None:
    (_, fact) = extract(language, (rule(), FOLLOWS), note_of(make_sentence("is FINE=good")))
    assert (fact.name, fact.value, fact.evidence[0].text) == ("other", "so", "good")


def test_what_follows_is_not_said_outright(language: Language) -> None:
    made = rule(find=[{**WORDS[0], "qualifiers": ["hedged", "outright"]}])
    facts = extract(language, (made, FOLLOWS), note_of(make_sentence("is FINE=good")))
    assert [fact.qualifiers for fact in facts] == [("hedged", "outright"), ("hedged",)]


def test_what_follows_has_the_confidence_that_its_rule_states(language: Language) -> None:
    (_, fact) = extract(language, (rule(), FOLLOWS), note_of(make_sentence("is FINE=good")))
    assert fact.confidence == 0.7


def test_a_value_taken_from_the_words(language: Language) -> None:
    find = [{"id": "made.up.any", "pattern": "anchor=BONE", "value": "$anchor.BONE"}]
    parsed = note_of(make_sentence("a BONE=rib"))
    assert values(extract(language, (rule(find=find),), parsed)) == [("rib", "present")]


def test_a_part_of_the_note_that_a_rule_does_not_read(language: Language) -> None:
    parsed = note_of(make_sentence("is FINE=good", frame="admin"))
    assert extract(language, (rule(),), parsed) == []


def test_a_section_that_a_rule_does_not_read(language: Language) -> None:
    find = [{**WORDS[0], "sections": ["findings"]}]
    parsed = note_of(make_sentence("is FINE=good", section="indications"))
    assert extract(language, (rule(find=find),), parsed) == []


OPEN = rule(find=[], options={"from": "placeholders", "confidence": 0.6})


def test_open_text_becomes_the_fact_that_asks_for_it(language: Language) -> None:
    blank = Placeholder(rule="made.up", kind="blank", start=3, end=6)
    parsed = note_of(make_sentence("is *** long"), placeholders=(blank,))
    assert [e.text for f in extract(language, (OPEN,), parsed) for e in f.evidence] == ["***"]


def test_open_text_has_the_confidence_that_its_rule_states(language: Language) -> None:
    blank = Placeholder(rule="made.up", kind="blank", start=3, end=6)
    parsed = note_of(make_sentence("is *** long"), placeholders=(blank,))
    assert [fact.confidence for fact in extract(language, (OPEN,), parsed)] == [0.6]


class Walked(tuple[Sentence, ...]):
    """Sentences that count how often somebody goes through them."""

    walks = 0

    def __iter__(self) -> Iterator[Sentence]:
        self.walks += 1
        return super().__iter__()


def walks(language: Language, blanks: int) -> int:
    """Return how often a note with so many blanks is gone through."""
    parsed = note_of(*(make_sentence("is *** long") for _ in range(blanks)))
    told = tuple(
        Placeholder(rule="made.up", kind="blank", start=s.start + 3, end=s.start + 6)
        for s in parsed.sentences
    )
    sentences = Walked(parsed.sentences)
    extract(language, (OPEN,), dataclasses.replace(parsed, placeholders=told, sentences=sentences))
    return sentences.walks


def test_open_text_that_the_signal_does_not_name_is_not_looked_up(language: Language) -> None:
    assert walks(language, 200) == walks(language, MOST_EVIDENCE)


def test_evidence_names_its_section(language: Language) -> None:
    parsed = note_of(make_sentence("is FINE=good", section="findings"))
    assert extract(language, (rule(),), parsed)[0].evidence[0].section == "findings"


def test_a_note_without_sentences_has_no_facts(language: Language) -> None:
    assert extract(language, (rule(),), note_of()) == []


def test_an_unknown_condition_is_named_with_its_rule(language: Language) -> None:
    wrong = {**WORDS[0], "when": ["names_sheep"]}
    with pytest.raises(RulePackError, match=r"^made\.up\.fine: unknown condition 'names_sheep'"):
        extract(language, (rule(find=[wrong]),), note_of())


NEVER = [{"id": "made.up.never", "pattern": "anchor=FINE weather"}]


def test_what_only_looks_like_the_fact_is_none(language: Language) -> None:
    parsed = note_of(make_sentence("FINE=fine weather today"))
    assert extract(language, (rule(never=NEVER),), parsed) == []


def test_a_rule_that_sets_its_own_status_is_not_barred(language: Language) -> None:
    find = [{"id": "made.up.old", "pattern": "FINE", "value": "fine", "status": "historical"}]
    parsed = note_of(make_sentence("FINE=fine weather today"))
    assert values(extract(language, (rule(find=find, never=NEVER),), parsed)) == [
        ("fine", "historical")
    ]


def test_barred_words_are_told_with_their_offsets(language: Language) -> None:
    parsed = note_of(make_sentence("FINE=fine weather today"))
    extractor = build_extractor(dataclasses.replace(language, facts=(rule(never=NEVER),)))
    assert extractor.extract_and_bar(parsed)[1] == {"made.up": ((0, 4),)}


def test_a_value_gives_way_to_one_told_before_that_explains_it(language: Language) -> None:
    options = {"outranked": {"vague": ["fine"]}}
    parsed = note_of(make_sentence("FINE=good"), make_sentence("VAGUE=so"))
    assert values(extract(language, (rule(options=options),), parsed)) == [("fine", "present")]


def test_a_value_stands_before_one_that_would_explain_it(language: Language) -> None:
    options = {"outranked": {"vague": ["fine"]}}
    parsed = note_of(make_sentence("VAGUE=so"), make_sentence("FINE=good"))
    assert len(extract(language, (rule(options=options),), parsed)) == 2
