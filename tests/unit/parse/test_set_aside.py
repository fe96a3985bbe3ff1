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
    "struck between waves": "Bone held: ~The vein was sewn~ / It lay well.",
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
    "curly apostrophe": "RESIDENT’S DRAFT: The vein was sewn.",
    "apostrophe in a quotation": "SUPERSEDED DRAFT: 'The patient's bone was raised, the vein was sewn.'",
    "curly apostrophe in a quotation": "SUPERSEDED DRAFT: ‘The patient’s bone was raised, the vein was sewn.’",
    "a remark with a colon": "SUPERSEDED DRAFT (resident: J. D.)\nThe vein was sewn.",
    "cited as superseded": "RESIDENT DRAFT (superseded by attending note):\nThe vein was sewn.",
    "before signing": "To be removed before signing: the vein was sewn.",
    "hyphens": "--- PRE-TYPED ---\nThe vein was sewn.",
    "a hyphen that does not break": "Pre‑charted: the vein was sewn.",
    "written in advance": "Written in advance: the vein was sewn.",
    "kept for audit": "Kept for audit: the vein was sewn.",
    "not valid": "Earlier text, no longer valid: the vein was sewn.",
    "not to be used": "RESIDENT NOTE (do not use)\nThe vein was sewn.",
    "by mistake": "Entered by mistake: the vein was sewn.",
    "the wrong patient": "Note entered on the wrong patient: the vein was sewn.",
    "a different patient": "Text from a different patient: the vein was sewn.",
    "nothing but the wrong chart": "*** WRONG CHART ***\nThe vein was sewn.",
    "a voided note": "NOTE VOIDED\nThe vein was sewn.",
    "of another patient, told behind": "The vein was sewn.\n\nThe paragraph above belongs to another patient.",
    "the above alone": "The vein was sewn.\n\nThe above did not occur.",
    "the above with a reason": "The vein was sewn.\n\nThe above was not done because the case was converted.",
    "bidden": "The vein was sewn.\n\nPlease disregard all of the above.",
    "two drafts": "=== SUPERSEDED DRAFT ===\nThe bone.\n=== RESIDENT DRAFT (void) ===\nThe vein was sewn.",
}
STANDING = {
    "a number that is about right": "A vein of ~2 mm and one of ~3 mm~ were seen, the vein was sewn.",
    "a number corrected in an addendum": "Addendum: in the above text the 2.5 mm coupler was written in error; the vein was sewn.",
    "a hole in bone": "Bone void: the vein was sewn at 2.6 cm.",
    "what came in place of another": "REPLACED PLATE: the vein was sewn.",
    "findings above": "The above findings were discussed, and the vein was sewn.",
    "a place above": "The section above the ankle was deleted; the vein was sewn.",
    "another patient": "Another patient was waiting. The vein was sewn.",
    "a corrected version": "Corrected version of the note: the vein was sewn.",
    "an answer": "Complications: not applicable. The vein was sewn.",
    "no such box": "Flow checks  [x] not applicable, the vein was sewn.",
    "a checklist": "Wrong-patient check: complete, the vein was sewn.",
    "a time out": "Time out (wrong patient excluded): done, the vein was sewn.",
    "identifiers": "Two patient identifiers checked to exclude wrong patient: yes, the vein was sewn.",
    "an answer of a checklist": "Wrong patient: no, the vein was sewn.",
    "a chart that was looked through": "Chart not from another patient: confirmed, the vein was sewn.",
    "no error": "Nothing entered in error: the vein was sewn.",
    "a bladder": "Patient voided: 07:15, the vein was sewn.",
    "bone that was replaced": "Section replaced: the vein was sewn.",
    "a plate in place of a cast": "Cast replaced following a talk, below the knee: the vein was sewn.",
    "a step above": "The vein was sewn. The above was not performed under tourniquet control.",
    "a step at the end of a paragraph": "The vein was sewn. A graft was weighed. The above was not performed.",
    "the plate above": "The vein was sewn.\nThe above was replaced by a longer plate.",
    "behind the quotation": "SUPERSEDED DRAFT: 'The patient's rib was raised.' The vein was sewn.",
    "behind the patients' quotation": "SUPERSEDED DRAFT: 'The patients' ribs were raised.' The vein was sewn.",
    "a shouted sentence": "THE TOURNIQUET TIME WAS CHARTED IN ERROR.\nThe vein was sewn.",
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


ENTRIES = {
    "on its line": "ALLERGY LIST (entered in error): latex",
    "under it": "ALLERGY LIST (entered in error)\nlatex",
    "with a label of its own": "MEDICATIONS (charted in error):\nlatex: none",
    "a report of a department": "PATHOLOGY REPORT (filed in error)\nlatex: none",
    "a paragraph": "** The following paragraph is from another patient **\nlatex",
    "a draft on its line": "Resident draft: latex",
}
LATER = {
    "an addendum": "ADDENDUM: It is pending.",
    "a late entry": "LATE ENTRY: It is pending.",
    "a final report of a department": "Pathology, final report: It is pending.",
    "the end of the report": "It is pending.\nEND OF REPORT",
    "a version that counts": "Final version: It is pending.",
}


@pytest.mark.parametrize("later", LATER.values(), ids=LATER.keys())
@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_an_entry_ends_with_its_paragraph(aside: SetAside, entry: str, later: str) -> None:
    read = without(aside, f"{HEAD}{entry}\n\nCLOSURE: The vein was sewn.\n\nMore.\n{later}\n")
    assert "latex" not in read
    assert "The vein was sewn." in read
    assert "It is pending." in read


def test_an_addendum_does_not_stand_for_the_note(aside: SetAside) -> None:
    text = "OPERATIVE REPORT (resident draft)\nDETAILS: The vein was sewn.\nADDENDUM: Pending."
    assert without(aside, text) == text


def test_letters_that_grow_in_small_do_not_shift_it(aside: SetAside) -> None:
    assert "vein" not in without(aside, "İİ\n" + HEAD + "SUPERSEDED TEXT:\nThe vein was sewn.")


def test_shapes_may_count_their_groups(language: Language) -> None:
    rules = language.sections.set_aside
    shapes = (r"(!)[^!]*\1", *rules.struck)
    aside = SetAside(rules.model_copy(update={"struck": shapes}))
    assert "vein" not in without(aside, "It was !!. Then <del>the vein</del> was sewn.")


def test_a_draft_before_the_final_text_is_not(aside: SetAside) -> None:
    read = without(
        aside, "RESIDENT DRAFT:\nThe artery was sewn.\n\nATTENDING FINAL:\nThe vein was sewn."
    )
    assert "artery" not in read
    assert "vein was sewn" in read


def test_a_draft_told_in_the_first_line_is_void_and_the_head_behind_it_stands(
    aside: SetAside,
) -> None:
    void = "SUPERSEDED DRAFT: The vein was sewn."
    assert list(aside.find(f"{void}\n{HEAD}{TAIL}")) == [(0, len(void))]


def test_line_ends_stay(aside: SetAside) -> None:
    text = HEAD + "SUPERSEDED TEXT:\r\nThe vein was sewn.\r\n" + TAIL
    assert without(aside, text).count("\r\n") == text.count("\r\n")


def test_what_overlaps_is_told_once(aside: SetAside) -> None:
    text = HEAD + "SUPERSEDED TEXT:\nThe ~~vein~~ was sewn.\n" + TAIL
    assert [text[a:b].split("\n")[0] for a, b in aside.find(text)] == ["SUPERSEDED TEXT:"]
