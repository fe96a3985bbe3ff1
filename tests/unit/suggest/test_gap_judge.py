"""The learned judge of gaps: what it sees of a short item, and what becomes of one that is probably told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scribe.assess.checklist import assess_code
from scribe.errors import ModelError
from scribe.rules.pack import RulePack, load_pack
from scribe.suggest.gap_judge import GapJudge, GapNumbers, gap_features, is_short, load_gap_judge
from scribe.suggest.numbers import Logistic
from scribe.suggest.reader.hearing import Sound
from scribe.types.fact import Status
from tests.support.builders import make_note
from tests.support.fact_cases import build_facts

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.pipeline import Analyzer
    from scribe.suggest.reader.hearing import Key
    from scribe.types.checklist import ChecklistItem, CodeAssessment
    from scribe.types.mention import ParsedNote

TEXT = "The second metatarsal was raised. The flap then blushed like a girl."
BLUSHED = TEXT.index("blushed")
BONE = {"fact": "donor.site", "value": "metatarsal"}
COLOR: Key = ("perfusion", "color", Status.PRESENT)
LOUD = {COLOR: Sound(3.0, BLUSHED, BLUSHED + 7)}
FAINT = {COLOR: Sound(-5.0, BLUSHED, BLUSHED + 7)}


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


@pytest.fixture(scope="module")
def parsed(analyzer: Analyzer) -> ParsedNote:
    return analyzer.parse(make_note(TEXT))


def assessed(pack: RulePack, *rows: dict[str, Any]) -> CodeAssessment:
    return assess_code(pack.codes["20957"], pack.scope(build_facts(rows)), pack)


def item_of(code: CodeAssessment, name: str) -> ChecklistItem:
    return next(each for each in code.checklist if each.id == name)


def features(
    pack: RulePack, heard: dict[Key, Sound], *rows: dict[str, Any], name: str = "perfusion"
) -> dict[str, float]:
    scope = pack.scope(build_facts(rows))
    return gap_features(
        item_of(assessed(pack, *rows), name), pack.gap_judge.hears[name], scope, heard
    )


def hushed(
    pack: RulePack,
    parsed: ParsedNote,
    heard: dict[Key, Sound],
    *,
    intercept: float = -9.0,
    is_open: bool = False,
) -> CodeAssessment:
    """Return the checklist behind a judge that finds every gap as probable as it is told to."""
    numbers = GapNumbers(features=1, gap=Logistic(intercept=intercept, weights={}))
    judge = GapJudge(numbers, pack.gap_judge)
    scope = pack.scope(build_facts([BONE]))
    return judge.hush((assessed(pack, BONE),), parsed, scope, heard, is_open=is_open)[0]


def test_how_loud_a_fact_is_heard_is_seen(pack: RulePack) -> None:
    assert features(pack, LOUD)["perfusion|heard perfusion"] == 1.0


def test_what_nobody_hears_counts_as_the_faintest(pack: RulePack) -> None:
    assert features(pack, {})["perfusion|heard perfusion"] == -2.0


def test_a_denial_that_is_heard_speaks_for_nothing(pack: RulePack) -> None:
    denied: Key = ("perfusion", "color", Status.ABSENT)
    assert features(pack, {denied: Sound(3.0, 0, 1)})["perfusion|heard perfusion"] == -2.0


def test_that_a_fact_is_only_planned_is_seen(pack: RulePack) -> None:
    planned = {"fact": "perfusion", "value": "doppler", "status": "planned", "in": "plan"}
    assert "perfusion|perfusion|planned" in features(pack, LOUD, planned)


def test_the_case_of_the_item_is_seen_without_words_of_the_note(pack: RulePack) -> None:
    case = item_of(assessed(pack, BONE), "perfusion").case
    assert f"perfusion|missing|{case}" in features(pack, LOUD, BONE)


def test_an_improbable_gap_is_kept_quiet(pack: RulePack, parsed: ParsedNote) -> None:
    assert item_of(hushed(pack, parsed, LOUD), "perfusion").is_quiet


def test_a_probable_gap_is_not(pack: RulePack, parsed: ParsedNote) -> None:
    assert not item_of(hushed(pack, parsed, LOUD, intercept=9.0), "perfusion").is_quiet


def test_a_quiet_item_keeps_its_status(pack: RulePack, parsed: ParsedNote) -> None:
    before = item_of(assessed(pack, BONE), "perfusion").status
    assert item_of(hushed(pack, parsed, LOUD), "perfusion").status is before


def test_a_quiet_item_says_that_the_note_may_tell_it(pack: RulePack, parsed: ParsedNote) -> None:
    assert item_of(hushed(pack, parsed, LOUD), "perfusion").why.endswith(pack.gap_judge.why)


def test_a_quiet_item_shows_the_words_that_sound_like_it(
    pack: RulePack, parsed: ParsedNote
) -> None:
    shown = item_of(hushed(pack, parsed, LOUD), "perfusion").evidence
    assert [each.text for each in shown] == ["blushed"]


def test_faint_words_are_not_shown(pack: RulePack, parsed: ParsedNote) -> None:
    assert item_of(hushed(pack, parsed, FAINT), "perfusion").evidence == ()


def test_an_item_that_nobody_listens_for_is_never_quiet(pack: RulePack, parsed: ParsedNote) -> None:
    checklist = hushed(pack, parsed, LOUD).checklist
    assert not any(each.is_quiet for each in checklist if each.id not in pack.gap_judge.hears)


def test_an_item_that_is_met_is_never_quiet(pack: RulePack, parsed: ParsedNote) -> None:
    checklist = hushed(pack, parsed, LOUD).checklist
    assert not any(each.is_quiet for each in checklist if not is_short(each))


def test_nothing_is_quiet_where_the_reader_was_not_asked(
    pack: RulePack, parsed: ParsedNote
) -> None:
    assert not any(each.is_quiet for each in hushed(pack, parsed, {}).checklist)


def test_what_the_code_may_hang_on_is_asked_for_while_it_is_open(
    pack: RulePack, parsed: ParsedNote
) -> None:
    assert not item_of(hushed(pack, parsed, LOUD, is_open=True), "anastomosis").is_quiet


def test_the_same_may_be_quiet_where_a_code_is_suggested(
    pack: RulePack, parsed: ParsedNote
) -> None:
    assert item_of(hushed(pack, parsed, LOUD), "anastomosis").is_quiet


def test_what_no_code_hangs_on_may_be_quiet_while_it_is_open(
    pack: RulePack, parsed: ParsedNote
) -> None:
    assert item_of(hushed(pack, parsed, LOUD, is_open=True), "perfusion").is_quiet


def test_a_judge_that_is_missing_is_refused(pack: RulePack, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"the judge of gaps has no manifest\.json"):
        load_gap_judge(tmp_path, pack.gap_judge)
