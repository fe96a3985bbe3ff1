"""The checks across files find what they are there for, and nothing in the shipped pack."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scribe.resources import patterns_folder
from scribe.rules.check import check_pack
from scribe.rules.pack import load_pack

CASES = Path(__file__).parents[2] / "cases"


def problems(tmp_path: Path, file: str, old: str, new: str) -> str:
    folder = tmp_path / "patterns"
    shutil.copytree(patterns_folder(), folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return "\n".join(check_pack(load_pack(folder)))


def test_the_shipped_pack_is_sound() -> None:
    assert check_pack(load_pack(), CASES) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("requirements/patency.yaml", "MH-20955", "MH-99999", "'MH-99999' is not in sources"),
        ("requirements/patency.yaml", "query: patency", "query: nothing", "'nothing' is not in queries"),
        ("codes/20957.yaml", "  fixation: optional", "  glue: optional", "asks for 'glue'"),
        ("codes/20957.yaml", 'twin: "20972"', 'twin: "20979"', "twin '20979'"),
        ("codes/20957.yaml", "total: 73.54", "total: 73.55", "does not give the payment"),
        ("conditions.yaml", "{holds: joined}", "{holds: glued}", "'glued', which is not in"),
        ("conditions.yaml", "{holds: joined}", "{holds: free_in_body}", "holds itself"),
        ("decisions.yaml", "- id: D32", "- id: D31", "'D31' stands 2 times"),
        ("decisions.yaml", "reasons: [takeback]", "reasons: [luck]", "reason 'luck'"),
        ("findings.yaml", "kind: number_conflict\n", "kind: numbers\n", "kind 'numbers'"),
        ("findings.yaml", "{donor.metatarsal|ordinal}", "{donor.ray}", "{donor.ray} names nothing"),
        ("requirements/fixation.yaml", '"The way the bone was held is described."', '"{fixation}."', "last wording"),
        ("requirements/fixation.yaml", '  - why: ["The note', '  - when: {fact: fixation}\n    why: ["The note', "last missing case"),
        ("queries.yaml", "Please state from which side", "For payment, state from which side", "'payment', a word"),
        ("queries.yaml", "Please state from which side", "Please confirm that from which side", "leads to an answer"),
        ("queries.yaml", "[left, right, other (please specify), unable to determine]", "[left, right]", "must end with"),
        ("queries.yaml", "Please state from which side", "For 20972 state from which side", "code number"),
        ("report.yaml", r"'_{2,}'", r"'(?:_+x?)+'", "repeat inside a repeat"),
        ("report.yaml", r"'_{2,}'", r"'(_'", "is no expression"),
        ("language.yaml", "work: [TOURN,", "work: [TURN,", "language, telling.work: 'TURN' is a tag of no word"),
        ("language.yaml", "in_passing: [IMG,", "in_passing: [IMAGE,", "sides.in_passing: 'IMAGE' is a tag"),
        ("macros.yaml", "names_toe: [TOE]", "names_toe: [TOES]", "conditions.names_toe: 'TOES' is a tag"),
        ("asides.yaml", "pattern: 'FLAP|SOFTFLAP", "pattern: 'FLAPS|SOFTFLAP", "asides, aside.flap_of_year: 'FLAPS' is a tag"),
        ("asides.yaml", "category: HISTORICAL", "category: OLD", "'OLD' is no status of context.yaml"),
        ("asides.yaml", "$KINS", "$KITH", "$KITH is no set of macros.yaml"),
        ("context.yaml", "corrected_tags: [SIDE,", "corrected_tags: [SIDES,", "corrected_tags: 'SIDES' is a tag"),
        ("context.yaml", "denied_tags: [FIXDEV]", "denied_tags: [FIXDEVS]", "context, denied_tags: 'FIXDEVS' is a tag of no word"),
        ("context.yaml", "denied_tags: [FIXDEV]", "denied_tags: [PADDLE]", "denied_tags: 'PADDLE' must stand in corrected_tags"),
        ("facts/donor.side.yaml", "told_by: [RAISE,", "told_by: [RISE,", "told_by: 'RISE' is a tag"),
        ("facts/microscope.yaml", "'SCOPE'", "'SCOPES'", "facts/microscope, microscope.used: 'SCOPES' is a tag of no word"),
        ("facts/etiology.yaml", "value: $anchor.ETIO", "value: $anchor.ETIOS", "facts/etiology, etiology.stated: 'ETIOS' is a tag"),
        ("facts/bone_segment.yaml", "barred: [IMG]", "barred: [IMAGE]", "facts/bone_segment, barred: 'IMAGE' is a tag"),
        ("macros.yaml", "HARVESTED: RAISE|", "HARVESTED: RISE|", "macros, sets.HARVESTED: 'RISE' is a tag"),
        ("macros.yaml", "sets:", "sets:\n  WENT: was|were", "sets.WENT: no pattern uses $WENT; delete it"),
        ("macros.yaml", "conditions:", "conditions:\n  names_ox: [ox]", "conditions.names_ox: no rule asks for it; delete it"),
        ("facts/microscope.yaml", "'SCOPE'", "'$SCOPES'", "microscope.used: $SCOPES is no set of macros.yaml"),
        ("facts/donor_closure.yaml", "phases: [donor,", "phases: [doner,", "'doner' is no phase of sections.yaml; choose"),
        ("facts/etiology.yaml", "sections: [description]", "sections: [descriptoin]", "etiology.told: 'descriptoin' is no section"),
        ("facts/bone_defect.yaml", "sections: [indications,", "sections: [indicatoins,", "bone_defect, alone: 'indicatoins' is no"),
        ("facts/etiology.yaml", "ignore: [HISTORICAL,", "ignore: [HISTORIC,", "'HISTORIC' is no status of context.yaml"),
        ("facts/pedicle.length_cm.yaml", "{yielding: [pedicle.", "{yielding: [pedestrian.", "only_vessels' is no find rule"),
        ("facts/flap.transfer.yaml", "{fact: anastomosis,", "{fact: anastomoses,", "derived_from: 'anastomoses' is neither a fact"),
        ("facts/microscope.yaml", "id: microscope.used", "id: etiology.told", "never rules: the id 'etiology.told' stands 2 times"),
        ("facts/microscope.yaml", "label:", "status: retired\nlabel:", "names 'microscope', which is neither a fact nor a signal"),
        ("context.yaml", "category: PLANNED", "category: PLANED", "'PLANED' has no status"),
        ("context.yaml", "weak_corrections: [", "weak_corrections: [nay, ", "'nay' must stand in corrections"),
        ("sections.yaml", "precharting, ", "", "set_aside.void: 'precharting' holds no piece of near"),
        ("sections.yaml", "void: [superseded", "void: [left over, superseded", "set_aside.void: 'left over' holds no"),
        ("sections.yaml", "near: [draft", "near: [pre-op, draft", "the piece 'pre-op' of near is never met"),
        ("sections.yaml", "words: [copied,", "words: [cited, copied,", "copied.words: 'cited' holds no piece of near"),
        ("sections.yaml", "'~~(?=", "'(?:~+x?)+(?=", "set_aside.struck: '(?:~+x?)+(?="),
        ("signals/signal.modifier.yaml", "value: $anchor.word", "value: $anchor", "'signal.modifier' is the name '22'"),
        ("arbiter.yaml", "D06: 0.95", "D99: 0.95", "arbiter: the row 'D99' is not in decisions.yaml"),
        ("arbiter.yaml", "reopens: {D00:", "reopens: {D99:", "arbiter: the row 'D99' is not in decisions.yaml"),
        ("arbiter.yaml", "doubts_at: {D01:", "doubts_at: {D98:", "arbiter: the row 'D98' is not in decisions.yaml"),
        ("arbiter.yaml", "hears: [", "hears: [hearsay, ", "arbiter: hears 'hearsay', which is not in second_reader.yaml"),
        ("arbiter.yaml", "reasons: [donor", "reasons: [doner", "arbiter: the reason 'doner' is not in decisions.yaml"),
        ("gap_judge.yaml", "  patency: [", "  patent: [", "gap_judge: the item 'patent' is not in requirements/"),
        ("gap_judge.yaml", "  patency: [", "  patency: [flow, ", "gap_judge, patency: hears 'flow', which is no fact"),
        ("gap_judge.yaml", "deciding: [", "deciding: [doner, ", "the deciding item 'doner' is never quiet"),
        ("second_reader.yaml", "listens: [", "listens: [join, ", "listens for 'join', which is no fact of the pack"),
        ("soundalikes.yaml", "'p?ph'", "'(?:p+h?)+'", "repeat inside a repeat"),
    ],
)  # fmt: skip
def test_a_mistake_is_found(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    assert said in problems(tmp_path, file, old, new)


def test_a_rule_without_a_case_is_found(tmp_path: Path) -> None:
    assert "requirements/patency: has no case file" in "\n".join(check_pack(load_pack(), tmp_path))


def test_every_row_of_the_domain_facts_is_decided() -> None:
    decisions = load_pack().decisions
    told = {name.split(".")[0] for row in decisions.rows for name in (row.id, *row.covers)}
    told |= {remark.id for remark in decisions.remarks}
    assert {f"D{number:02}" for number in range(1, 35)} <= told


def test_every_billing_rule_of_the_domain_facts_is_there() -> None:
    told = {rule.id for rule in load_pack().billing.rules}
    assert told == {f"B{number:02}" for number in range(1, 17)}
