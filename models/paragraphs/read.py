"""Read the labelled paragraphs, each in a stock note that says little else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
_TITLE: Final = "OPERATION: Free vascularized bone flap.\n\n"
_JOINED: Final = (
    " Under the operating microscope the artery and the vein of the graft were sewn end-to-end to"
    " the recipient vessels with 9-0 nylon."
)
_FLOWS: Final = (
    "The vascularized bone was raised on its vessels, its pedicle was divided, and it was fixed in the"
    " defect. Under the operating microscope its artery and its vein were sewn end-to-end to the"
    " recipient vessels with 9-0 nylon. "
)
FRAMES: Final = {
    "recipient": (f"{_TITLE}DESCRIPTION OF PROCEDURE: ", _JOINED),
    "harvest": (f"{_TITLE}DESCRIPTION OF PROCEDURE: ", _JOINED),
    "joins": (
        (
            f"{_TITLE}DESCRIPTION OF PROCEDURE: The vascularized bone was raised on its vessels and fixed in the"
            " defect. "
        ),
        "\n\nCOMPLICATIONS: None.",
    ),
    "defects": (
        f"{_TITLE}INDICATION: ",
        (
            "\n\nDESCRIPTION OF PROCEDURE: The second metatarsal of the left foot was raised with its"
            " vessels, 6 cm of bone. The pedicle was divided. Under the operating microscope the"
            " dorsalis pedis artery was sewn end-to-end to the recipient artery with 9-0 nylon."
        ),
    ),
    "checks": (f"{_TITLE}DESCRIPTION OF PROCEDURE: {_FLOWS}", "\n\nCOMPLICATIONS: None."),
    "traps": (
        f"{_TITLE}FINDINGS: {_FLOWS}\n\nDESCRIPTION OF PROCEDURE: ",
        "\n\nCOMPLICATIONS: None.",
    ),
    "fixation": (f"{_TITLE}DESCRIPTION OF PROCEDURE: ", _JOINED),
    "dictations": (
        "this is the dictation of a free vascularized bone flap.\n\n",
        (
            "\n\nthe artery and the vein of the graft had been sewn end to end to the recipient vessels"
            " with nine oh nylon under the microscope."
        ),
    ),
}
"""What stands before and behind a paragraph of each topic."""
_GAP: Final = "INDICATION: A gap in the bone after an injury.\n\nDESCRIPTION OF PROCEDURE: "
_TO_HAND: Final = "left third metacarpal"
_SKIN: Final = (
    f"OPERATION: Free vascularized metatarsal transfer to the {_TO_HAND}.\n\n{_GAP}",
    _JOINED,
)
SKIN: Final = dict.fromkeys(
    ("skin_tellers", "skin_scribes", "skin_ordinary", "skin_dictations", "skin_countries"), _SKIN
)
"""The topics on whether skin went with the bone, one an author; the judge of skin learns from them."""
UNSEEN: Final = {"skin_mixed": _SKIN}
"""A topic more on skin, by an author whom nobody learned from or looked at."""
TRANSFERS: Final = {
    "transfer_jaw": (f"OPERATION: Reconstruction of the left mandible.\n\n{_GAP}", ""),
    "transfer_hand": (f"OPERATION: Reconstruction of the right third metacarpal.\n\n{_GAP}", ""),
}
"""The topics on which bone was moved, and whether it was joined."""
DECISIONS: Final = SKIN | UNSEEN | TRANSFERS
"""Topics on which the code hangs: what is labelled is the answer, and the facts that it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph and what it says.

    Attributes:
        topic: Name of its file.
        id: Its own name.
        text: The stock note with it.
        start: Offset of its first code point in ``text``.
        end: Offset after its last.
        facts: Name, value and status of each labelled fact, as the contract has them.
        codes: The code of its note, those between which the surgeon must be asked, or none where nothing of the family was done;
            None where the topic is about facts alone.
    """

    topic: str
    id: str
    text: str
    start: int
    end: int
    facts: tuple[tuple[str, Any, str], ...]
    codes: frozenset[str] | None

    def values(self, name: str) -> list[Any]:
        """Return what is labelled as present of a fact."""
        return [value for fact, value, status in self.facts if fact == name and status == "present"]


def read_paragraphs(topic: str) -> list[Paragraph]:
    """Read the paragraphs of a topic, in order.

    Raises:
        KeyError: There is no such topic.
    """
    head, behind = (FRAMES | DECISIONS)[topic]
    paragraphs = []
    for line in (HERE / f"{topic}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        end = len(head) + len(row["text"])
        paragraphs.append(
            Paragraph(
                topic=topic,
                id=row["id"],
                text=head + row["text"] + behind,
                start=len(head),
                end=end,
                facts=tuple((name, value, status) for name, value, status in row["facts"]),
                codes=_codes(row),
            )
        )
    return paragraphs


def _codes(row: dict[str, Any]) -> frozenset[str] | None:
    if "code" not in row:
        return None
    return frozenset([row["code"]] if row["code"] else row["alternatives"])
