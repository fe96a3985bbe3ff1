"""A form says the same in whatever way its labels and answers are set apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from scribe.pipeline import Analyzer

FORM = """\
Preoperative diagnosis: Loss of third metacarpal and dorsal skin, right hand, crush injury
Procedure: Free osteocutaneous second metatarsal flap, left foot to right third metacarpal
Bone gap: 4.5 cm
Soft tissue defect: 6 x 4 cm
CT seen: Yes
MRI seen: No
Donor bone: Second metatarsal
Donor side: Left
Skin paddle: 7 x 4.5 cm
Bone length: 5 cm
Pedicle artery: First dorsal metatarsal artery
Pedicle length: 8 cm
Pedicle divided: Yes
Microscope: Yes
Artery: Dorsalis pedis to radial artery, end-to-side, 9-0 nylon
Vein: Great saphenous to cephalic vein, end-to-end, 2.5 mm coupler
Ischemia time: 85 minutes
Strip test: Positive
Implantable Doppler: Not used
Fixation: 2.0 mm plate
Donor closure: Split-thickness skin graft
"""
_FIELD = re.compile(r"^([A-Za-z ]+): (.+)$", re.MULTILINE)
LAYOUTS: dict[str, Callable[[str, str], str]] = {
    "leaders": lambda label, answer: f"{label} {'.' * (40 - len(label))} {answer}",
    "tabs": lambda label, answer: f"{label}\t{answer}",
    "columns": lambda label, answer: f"{label:<30}{answer}",
    "equal gaps": lambda label, answer: f"{label}   {answer}",
    "a table": lambda label, answer: f"| {label} | {answer} |",
    "equals signs": lambda label, answer: f"{label} = {answer}",
    "filled blanks": lambda label, answer: f"{label} __{answer}__",
    "dashes": lambda label, answer: f"{label} - {answer}",
    "a list": lambda label, answer: f"- {label}: {answer}",
    "bold labels": lambda label, answer: f"**{label}:** {answer}",
    "capitals": lambda label, answer: f"{label.upper()}: {answer.upper()}",
    "CRLF": lambda label, answer: f"{label}: {answer}\r",
}


def said(analyzer: Analyzer, text: str) -> set[tuple[str, str, str]]:
    facts = analyzer.analyze(text).facts
    return {(fact.name, str(fact.value), fact.status.value) for fact in facts}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_layout_changes_no_fact(analyzer: Analyzer, layout: Callable[[str, str], str]) -> None:
    written = _FIELD.sub(lambda field: layout(field[1], field[2]), FORM)
    assert said(analyzer, written) ^ said(analyzer, FORM) == set()
