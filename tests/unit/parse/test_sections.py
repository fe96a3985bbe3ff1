"""Headings of every layout are found, and open the section that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, SupportsIndex

import pytest

from scribe.parse.sections import SectionReader
from scribe.types.note import Section

if TYPE_CHECKING:
    from scribe.rules.language import Language

TOLD = "It was done as told here, in a line that is long enough to be prose."
LAYOUTS = {
    "capitals with a colon": f"FINDINGS: {TOLD}",
    "capitals on a line": f"FINDINGS\n{TOLD}",
    "capitals and a colon on a line": f"FINDINGS:\n{TOLD}",
    "small letters with a colon": f"findings: {TOLD}",
    "title case on a line": f"Operative Findings\n{TOLD}",
    "markdown": f"## Findings\n{TOLD}",
    "bold": f"**Findings**\n{TOLD}",
    "bold with a colon": f"**Findings:** {TOLD}",
    "a number": f"3. FINDINGS: {TOLD}",
    "a roman number": f"IV. FINDINGS\n{TOLD}",
    "a letter": f"b) Findings: {TOLD}",
    "a bullet": f"- Findings: {TOLD}",
    "a rule of signs": f"=== FINDINGS ===\n{TOLD}",
    "a dash": f"FINDINGS \u2014 {TOLD}",
    "a tab": f"FINDINGS\t{TOLD}",
    "a bar": f"FINDINGS | {TOLD}",
    "windows line ends": f"FINDINGS:\r\n{TOLD}\r\n",
    "an indent": f"    FINDINGS: {TOLD}",
    "leaders": f"Findings ........ {TOLD}",
    "said to be a heading": f"Next heading, findings. {TOLD}",
    "brackets": f"[4 Findings] {TOLD}",
    "a number without a point": f"4 Findings: {TOLD}",
}
NAMES = {
    "PREOPERATIVE DIAGNOSIS": "preoperative_diagnosis",
    "Preop Diagnosis": "preoperative_diagnosis",
    "POSTOPERATIVE DIAGNOSIS": "postoperative_diagnosis",
    "PROCEDURE PERFORMED": "procedure",
    "Operation": "procedure",
    "INDICATIONS FOR PROCEDURE": "indications",
    "SURGEON": "surgeon",
    "ASSISTANTS": "assistant",
    "ANESTHESIA": "anesthesia",
    "ANAESTHETIC": "anesthesia",
    "EBL": "estimated_blood_loss",
    "ESTIMATED BLOOD LOSS": "estimated_blood_loss",
    "SPECIMENS": "specimens",
    "COMPLICATIONS": "complications",
    "IMPLANTS": "implants",
    "IMAGING": "imaging",
    "CONSENT": "consent",
    "POSTOPERATIVE PLAN": "plan",
    "CPT CODES": "codes",
    "ADDENDUM": "addendum",
}
NO_HEADING = {
    "a sentence": "The findings were as expected.",
    "a word in a sentence": "He was told of the findings and agreed to go on with the operation.",
    "a measure": "6 cm",
    "a step behind a bullet": f"- Deep plantar branch is tied\n{TOLD}",
    "a word that only begins like a key word": f"Plantar side\n{TOLD[:40]}",
    "nothing": "",
    "a rule of signs": "==========",
}


@pytest.fixture(scope="module")
def reader(language: Language) -> SectionReader:
    return SectionReader(language.sections)


def sections(reader: SectionReader, text: str) -> tuple[Section, ...]:
    return reader.sections(text, reader.headings(text))


def owner(reader: SectionReader, text: str, words: str) -> Section:
    at = text.index(words)
    return next(each for each in sections(reader, text) if each.start <= at < each.end)


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts(reader: SectionReader, text: str) -> None:
    assert owner(reader, text, TOLD).name == "findings"


def test_a_byte_order_mark_before_a_heading(reader: SectionReader) -> None:
    assert owner(reader, f"\ufeffFINDINGS: {TOLD}", TOLD).name == "findings"


@pytest.mark.parametrize(("title", "name"), NAMES.items())
def test_titles(reader: SectionReader, title: str, name: str) -> None:
    text = f"{title}: Words of the section."
    assert owner(reader, text, "Words").name == name


@pytest.mark.parametrize("text", NO_HEADING.values(), ids=NO_HEADING.keys())
def test_no_heading(reader: SectionReader, text: str) -> None:
    assert reader.headings(text) == []


def test_two_keys_on_one_line(reader: SectionReader) -> None:
    text = "SURGEON: A. Sample   ASSISTANT: B. Example"
    assert [each.name for each in reader.headings(text)] == ["surgeon", "assistant"]


def test_text_before_the_first_heading_has_no_section(reader: SectionReader) -> None:
    text = f"A hospital.\n\nFINDINGS: {TOLD}"
    assert owner(reader, text, "A hospital").name is None


def test_a_note_without_headings_is_one_section_without_a_name(reader: SectionReader) -> None:
    assert [each.name for each in sections(reader, TOLD)] == [None]


def test_a_step_of_the_operation_is_description_with_a_phase(reader: SectionReader) -> None:
    found = owner(reader, f"MICROVASCULAR ANASTOMOSIS:\n{TOLD}", TOLD)
    assert (found.name, found.phase) == ("description", "anastomosis")


def test_an_unknown_title_is_guessed_by_its_words(reader: SectionReader) -> None:
    assert owner(reader, f"DETAILS OF THE MORNING\n{TOLD}", TOLD).name == "description"


def test_a_short_section_ends_with_its_paragraph(reader: SectionReader) -> None:
    text = "SPECIMENS: None.\n\nWe then raised the flap."
    assert owner(reader, text, "We then").name is None


def test_a_long_text_under_procedure_tells_the_operation(reader: SectionReader) -> None:
    text = "PROCEDURE:\n" + f"{TOLD} " * 20
    assert owner(reader, text, TOLD).name == "description"


def test_sections_cover_the_note_without_overlap(reader: SectionReader) -> None:
    text = f"A hospital.\nSURGEON: A. Sample\nFINDINGS: {TOLD}\n\nPLAN:\nRest."
    found = sections(reader, text)
    assert [a.end for a in found[:-1]] == [b.heading_start for b in found[1:]]


def test_the_last_section_ends_with_the_note(reader: SectionReader) -> None:
    text = f"FINDINGS: {TOLD}\nPLAN:\nRest."
    assert sections(reader, text)[-1].end == len(text)


def test_a_title_ends_where_the_narrative_below_it_begins(reader: SectionReader) -> None:
    text = f"OPERATION: Free flap of the second metatarsal with skin from the left foot to the hand\n{TOLD * 12}"
    assert owner(reader, text, "Free flap").name == "procedure"
    assert owner(reader, text, TOLD).name == "description"


@pytest.mark.parametrize(
    ("title", "phase"),
    [
        ("Donor work (left foot)", "donor"),
        ("Phase 2. Flap elevation, left foot", "donor"),
        ("Recipient stage", "recipient"),
        ("Phase 3. Bone fixation", "inset"),
        ("Microsurgical part", "anastomosis"),
    ],
)
def test_a_line_of_its_own_may_be_put_together_from_words(
    language: Language, title: str, phase: str
) -> None:
    headings = SectionReader(language.sections).headings(f"{title}\n{TOLD}")
    assert [heading.phase for heading in headings] == [phase]


def test_a_key_with_a_value_is_not_put_together_from_words(language: Language) -> None:
    assert SectionReader(language.sections).headings("Donor bone left: metatarsal") == []


def test_a_key_set_further_in_opens_nothing_of_its_own(language: Language) -> None:
    text = f"- **Donor work:**\n  - **Vessels:** {TOLD}\n"
    headings = SectionReader(language.sections).headings(text)
    assert [heading.phase for heading in headings] == ["donor"]


def test_where_the_text_came_from_is_no_part_of_a_heading(language: Language) -> None:
    headings = SectionReader(language.sections).headings(f"Procedure, per dictation: {TOLD}")
    assert [heading.name for heading in headings] == ["procedure"]


BOOKED = "Booked: free fibula flap\nDone: free metatarsal flap\n"


def test_a_title_of_what_was_booked_is_a_plan_beside_one_of_what_was_done(
    reader: SectionReader,
) -> None:
    assert [s.name for s in sections(reader, BOOKED)] == ["plan", "procedure"]


def test_a_title_of_what_was_booked_is_a_plan_where_the_telling_changes_it(
    reader: SectionReader,
) -> None:
    text = "Booked: free fibula flap\n\n0920 Surgeon to all: plan changed.\n"
    assert sections(reader, text)[0].name == "plan"
    kept = "Booked: free fibula flap\n\n0920 No change of plan.\n"
    assert sections(reader, kept)[0].name == "procedure"


def test_a_title_of_what_was_booked_alone_is_the_title(reader: SectionReader) -> None:
    assert [s.name for s in sections(reader, "Booked: free fibula flap\n")] == ["procedure"]


def test_a_numbered_line_alone_above_its_text_is_a_heading(reader: SectionReader) -> None:
    text = f"1. Reason\n{TOLD}\n\n2. My half\n{TOLD}\n"
    assert len(sections(reader, text)) == 2


def test_the_steps_of_a_numbered_list_are_no_headings(reader: SectionReader) -> None:
    text = f"Description:\n1. Foot prepped\n2. {TOLD}\n"
    assert {s.name for s in sections(reader, text)} == {"description"}


def test_what_was_performed_stands_beside_what_was_planned(reader: SectionReader) -> None:
    text = "Planned: free skin flap. Performed: free bone flap.\n"
    assert [s.name for s in sections(reader, text)] == ["plan", "procedure"]


def test_a_counted_part_of_a_form_is_named_by_what_stands_behind_its_count(
    reader: SectionReader,
) -> None:
    text = "=== SCREEN 3 of 6: DONOR ===\nBone: rib\n"
    assert [s.phase for s in sections(reader, text)] == ["donor"]


AUTHORS = (
    "Two surgeons. {intro}\n\n"
    "{one}The left ankle was opened and the dead bone was taken out.\n\n"
    "{other}The second metatarsal of the right foot was raised. Its pedicle was divided. The vessels were joined.\n\n"
    "{one}A plate was put on.\n"
)


@pytest.mark.parametrize(
    ("intro", "one", "other"),
    [
        ("O = Ardagh, P = Bellamy", "O: ", "P: "),
        ("", "**P:** ", "**O:** "),
        ("", "[P] ", "[O] "),
        ("", "P\n", "O\n"),
    ],
)
def test_the_initial_of_an_author_is_no_heading(
    reader: SectionReader, intro: str, one: str, other: str
) -> None:
    text = AUTHORS.format(intro=intro, one=one, other=other)
    assert [s.name for s in sections(reader, text) if s.name] == []


def test_a_letter_that_opens_one_paragraph_is_the_plan(reader: SectionReader) -> None:
    assert [s.name for s in sections(reader, "O: The foot is warm.\n\nP: Bed rest.") if s.name] == [
        "plan"
    ]


def test_a_narrative_under_the_name_of_a_surgeon_tells_the_operation(
    reader: SectionReader,
) -> None:
    text = AUTHORS.format(intro="", one="Bone: ", other="Plastic surgeon: ")
    assert "description" in [s.name for s in sections(reader, text)]
    assert [s.name for s in sections(reader, "Surgeon: A. Ardagh. Resident: B. Bell.")] == [
        "surgeon",
        "assistant",
    ]


def test_a_title_that_says_whose_part_it_is_is_a_heading(reader: SectionReader) -> None:
    text = f"Reason\nThe ulna was lost to a tumor, and plain bone had melted once.\n\nLifting (KA)\n{TOLD} It went on as we had hoped for."
    assert owner(reader, text, TOLD).name != "indications"


def test_a_key_behind_a_number_heads_its_item_alone(reader: SectionReader) -> None:
    text = "4. The foot was opened.\n5. Imaging: CT of the foot.\n6. The bone was cut.\n"
    found = [(s.name, text[s.start : s.end].strip()) for s in sections(reader, text)]
    assert found[-2:] == [("imaging", "CT of the foot."), (None, "6. The bone was cut.")]


class Cut(str):
    """A text that counts the code points that are cut out of it."""

    __slots__ = ("taken",)

    def __getitem__(self, part: SupportsIndex | slice[Any, Any, Any]) -> str:
        piece = super().__getitem__(part)
        self.taken = getattr(self, "taken", 0) + len(piece)
        return piece


def cut_out(reader: SectionReader, keys: int) -> int:
    """Return how much of a note is cut out to find so many keys on one line."""
    text = Cut("Diagnosis: cyst.  Findings: clean.  " * keys)
    assert len(reader.headings(text)) == 2 * keys
    return text.taken


def test_many_keys_on_one_line_take_as_long_as_on_many(reader: SectionReader) -> None:
    assert cut_out(reader, 200) < 5 * cut_out(reader, 50)


def test_titles_of_what_was_booked_are_not_held_against_each_other(
    reader: SectionReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"Booked: free fibula flap {k}\n" for k in range(60)) + BOOKED
    headings = reader.headings(text)
    held: list[object] = []
    monkeypatch.setattr(Section, "__eq__", lambda one, other: held.append(one) or one is other)
    assert sum(s.name == "plan" for s in reader.sections(text, headings)) == 61
    assert len(held) < 61


ON_ONE_LINE = (
    "Procedure performed: {title} The foot was opened. The flap was raised on its vessels. "
    "The pedicle was divided. The vessels were joined. The wound was closed."
)


def named(reader: SectionReader, text: str) -> list[tuple[str | None, str]]:
    sections = reader.sections(text, reader.headings(text))
    return [(section.name, text[section.start : section.end].strip()) for section in sections]


def test_a_title_ends_with_its_sentence_where_the_narrative_goes_on_in_its_line(
    reader: SectionReader,
) -> None:
    title = "free osteocutaneous metatarsal flap."
    assert named(reader, ON_ONE_LINE.format(title=title))[0] == ("procedure", title)


def test_a_sentence_that_tells_something_is_no_title(reader: SectionReader) -> None:
    text = ON_ONE_LINE.format(title="The patient was brought to the room.")
    assert len(named(reader, text)) == 1


def test_a_part_of_an_outline_ends_where_the_next_number_begins(reader: SectionReader) -> None:
    text = "2  Diagnosis\n   2.1  a tumor of bone\n3  Hand\n   3.1  a gap of bone\n"
    told, behind = (owner(reader, text, words) for words in ("a tumor", "a gap"))
    assert (told.name, behind.name, behind.in_form) == ("preoperative_diagnosis", None, True)


def test_a_field_ends_where_the_next_one_begins_behind_a_rule(reader: SectionReader) -> None:
    text = (
        "| imaging     | CT of the hand |\n+-------------+-----------+\n| FLAP bone   | fibula |\n"
    )
    found = owner(reader, text, "FLAP")
    assert (found.name, found.in_form) == (None, True)


def test_a_key_in_an_outline_ends_with_its_line(reader: SectionReader) -> None:
    text = "1  Wrist\n   1.1  imaging: CT of the wrist\n   1.2  a gap of bone\n"
    assert owner(reader, text, "a gap").name is None


def test_a_number_at_the_beginning_of_a_wrapped_line_ends_nothing(reader: SectionReader) -> None:
    text = "Imaging: CT of the wrist, with a gap of\n2 cm between both ends of the bone.\n"
    assert owner(reader, text, "2 cm").name == "imaging"
