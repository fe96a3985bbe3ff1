"""A slip of the pen in a fact file is an error that names file, rule and mend, and never a rule that is silently nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import RulePackError
from scribe.rules.fact_schema import AnyFactFile, FactFile
from scribe.rules.yaml_loader import load_file

if TYPE_CHECKING:
    from pathlib import Path

FIND = {"id": "made.up.fine", "pattern": "anchor=FINE", "value": True}
HEAD = {"label": "L", "meaning": "M.", "sources": ["S"]}
SIDE = {"role": "donor", "told_by": ["RAISE"], "limbs": {}, "around": {}}
VESSEL = {"vessel": "vein", "regions": {}}
JOIN: dict[str, Any] = {"pedicles": [], "veins": {}, "regions": {}}


def load(tmp_path: Path, kind: str = "choice", **parts: Any) -> FactFile:
    """Load a fact file of these parts; JSON is YAML too."""
    path = tmp_path / "made.up.yaml"
    path.write_text(json.dumps({"kind": kind, **HEAD, **parts}), "utf-8")
    return load_file(path, AnyFactFile).root


def test_a_sound_file_is_of_its_kind(tmp_path: Path) -> None:
    assert load(tmp_path, find=[FIND]).kind == "choice"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"kind": "sheep"}, "top level: Input tag 'sheep'"),
        ({"status": "blub"}, "status: Input should be 'stable', 'draft' or 'retired'"),
        ({"frames": ["titel"]}, "frames.0: Input should be 'admin'"),
        ({"options": {"givn_up": "discarded"}}, "options.givn_up: Extra inputs are not permitted"),
        ({"options": {"absorbs_in": "note"}}, "options.absorbs_in: Input should be 'sentence'"),
        ({"options": {"derived_from": [{"fact": "a", "value": "b"}]}}, "derived_from.0.status: Field required"),
        ({"options": {"from": "placeholders"}}, "'from' and 'confidence' belong together"),
        ({"find": [{**FIND, "status": "abscent"}]}, "find.0 (made.up.fine).status: Input should be 'present'"),
        ({"find": [{**FIND, "frames": ["titel"]}]}, "find.0 (made.up.fine).frames.0: Input should be 'admin'"),
        ({"find": [{**FIND, "wehn": ["names_toe"]}]}, "find.0 (made.up.fine).wehn: Extra inputs"),
        ({"find": [{**FIND, "weight": 2.0}]}, "made.up.fine: 'weight' means nothing for the kind 'choice'"),
        ({"find": [{**FIND, "anchor": "ancor"}]}, "made.up.fine: the pattern captures no 'ancor'"),
        ({"find": [{**FIND, "value": "$bone.MT"}]}, "made.up.fine: the pattern captures no 'bone'"),
        ({"find": [FIND, FIND]}, "the id 'made.up.fine' stands 2 times"),
        ({"find": [FIND], "never": [{"id": "made.up.fine", "pattern": "FINE"}]}, "'made.up.fine' stands 2 times"),
        ({"kind": "measured", "options": {"owners": []}}, "options.shape: Field required"),
        ({"kind": "side", "options": SIDE, "find": [{"id": "s", "pattern": "SIDE"}]}, "s: the pattern captures no 'side'"),
        ({"kind": "donor_bone", "find": [{"id": "d", "pattern": "BONE"}]}, "d: the pattern captures no 'bone'"),
        ({"kind": "ray", "find": [{"id": "r", "pattern": "rays=NUM", "status": "absent"}]}, "r: 'status' means nothing"),
        ({"kind": "join", "options": JOIN, "find": [{"id": "j", "pattern": "JN", "value": True}]}, "j: 'value' means nothing"),
        ({"kind": "recipient_site", "find": [{"id": "p", "pattern": "bone=BONE", "value": "rib"}]}, "p: 'value' means nothing"),
        ({"kind": "vessel", "options": VESSEL, "find": [{"id": "v", "pattern": "VEIN"}]}, "find: Tuple should have at most 0 items"),
    ],
)  # fmt: skip
def test_a_slip_is_named(tmp_path: Path, parts: dict[str, Any], said: str) -> None:
    with pytest.raises(RulePackError) as error:
        load(tmp_path, **parts)
    assert said in str(error.value)
