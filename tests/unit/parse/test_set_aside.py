"""What a note declares to be no part of it is read as blanks; all else stays, and stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scribe.parse.set_aside import SetAside, blanked

if TYPE_CHECKING:
    from scribe.rules.language import Language

HEAD = (
    "OPERATIVE REPORT\nSurgeon: X\nProcedure: free fibula flap\nDESCRIPTION: The fibula was raised.\n"
    "More was told.\nINSET: It was plated.\n\n"
)
TAIL = "\n\nDISPOSITION: Stable.\n"
VOID = {
    "a superseded draft": "SUPERSEDED DRAFT\nThe vein was sewn.",
    "a version that was replaced": "=== ORIGINAL VERSION (withdrawn 2/19) ===\nThe vein was sewn.",
    "a draft of another author": "Unsigned fellow draft: the vein was sewn, paddle 8 x 6.",
    "a draft that a system kept": 'RESIDENT DRAFT 06:10, retained by system: "The vein was sewn."',
    "text charted beforehand": "RESIDENT PRE-CHARTED TEXT (delete if not applicable):\nThe vein was sewn.\n"
    "-- not applicable, case converted; S.K. --",
    "text of a template": "--- template text, not applicable ---\nThe vein was sewn.\n--- end of template text ---",
    "headings of its own": "EARLIER VERSION:\nPROCEDURE: The vein was sewn.\nDETAILS: The vein was sewn.\n-- end of earlier version --",
    "another patient's text": "** The following paragraph is from another patient **\nThe vein was sewn.",
    "told behind": "The vein was sewn.\n[The above paragraph was entered in error and does not apply.]",
    "told behind in the same paragraph": "The vein was sewn. (Above text pre-charted; did not occur.)",
    "told in the next paragraph": "The vein was sewn.\n\nDisregard the paragraph above, it was pre-charted.",
    "struck out": "~~The vein was sewn.~~",
    "marked as void": "[VOID: The vein was sewn.]",
    "tags of deletion": "<del>The vein was sewn.</del>",
}
STANDING = {
    "a number corrected in an addendum": "Addendum: in the above text the 2.5 mm coupler was written in error; the vein was sewn.",
    "a hole in bone": "Bone void: the vein was sewn at 2.6 cm.",
    "what came in place of another": "REPLACED PLATE: the vein was sewn.",
    "findings above": "The above findings were discussed, and the vein was sewn.",
    "a place above": "The section above the ankle was deleted; the vein was sewn.",
    "another patient": "Another patient was waiting. The vein was sewn.",
    "a corrected version": "Corrected version of the note: the vein was sewn.",
    "an answer": "Complications: not applicable. The vein was sewn.",
    "no such box": "Flow checks  [x] not applicable, the vein was sewn.",
    "a wrong title": "Procedure as booked (disregard the title): the vein was sewn.",
}


def without(aside: SetAside, text: str) -> str:
    """Return a text as it is read: with blanks for what it sets aside."""
    return blanked(text, aside.find(text))


@pytest.fixture
def aside(language: Language) -> SetAside:
    return SetAside(language.sections.set_aside)


@pytest.mark.parametrize("text", VOID.values(), ids=VOID.keys())
def test_void_text_is_blanked(aside: SetAside, text: str) -> None:
    read = without(aside, HEAD + text + TAIL)
    assert len(read) == len(HEAD + text + TAIL)
    assert "vein was sewn" not in read
    assert "It was plated." in read
    assert "DISPOSITION: Stable." in read


@pytest.mark.parametrize("text", STANDING.values(), ids=STANDING.keys())
def test_other_text_stands(aside: SetAside, text: str) -> None:
    assert "vein was sewn" in without(aside, HEAD + text + TAIL)


def test_a_note_that_is_a_draft_is_read(aside: SetAside) -> None:
    text = "OPERATIVE REPORT (resident draft, unsigned)\nDETAILS: The vein was sewn."
    assert without(aside, text) == text
    first = "RESIDENT DRAFT:\nDETAILS: The vein was sewn."
    assert without(aside, first) == first


def test_a_draft_before_the_final_text_is_not(aside: SetAside) -> None:
    read = without(
        aside, "RESIDENT DRAFT:\nThe artery was sewn.\n\nATTENDING FINAL:\nThe vein was sewn."
    )
    assert "artery" not in read
    assert "vein was sewn" in read


def test_line_ends_stay(aside: SetAside) -> None:
    text = HEAD + "SUPERSEDED TEXT:\r\nThe vein was sewn.\r\n" + TAIL
    assert without(aside, text).count("\r\n") == text.count("\r\n")


def test_what_overlaps_is_told_once(aside: SetAside) -> None:
    text = HEAD + "SUPERSEDED TEXT:\nThe ~~vein~~ was sewn.\n" + TAIL
    assert [text[a:b].split("\n")[0] for a, b in aside.find(text)] == ["SUPERSEDED TEXT:"]
