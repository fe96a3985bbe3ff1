"""Phrases about skin in a stock note that says nothing else of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("phrases")
MEANS: Final = {
    "taken": "moved",
    "none": "bone",
    "given_up": "bone",
    "other": "bone",
    "monitor": "watch",
}
"""Class of the judge, by that of the phrase."""
STOCK: Final = """\
PROCEDURE: Microvascular transfer of the second metatarsal from the left foot to the right third metacarpal.
INDICATIONS: Infected loss of the shaft of the right third metacarpal. Iliac bone graft has failed. CT was reviewed.
DESCRIPTION: The right hand was debrided. The gap in the bone was 4 cm. The radial artery and the cephalic vein were prepared. \
On the left foot the dorsalis pedis artery and its venae comitantes were dissected to the first dorsal metatarsal artery. \
{text} The second metatarsal was osteotomized at both ends, 4.5 cm. The pedicle was divided at 8 cm. \
The bone was fixed to the hand with a plate. Under the operating microscope the dorsalis pedis artery was joined end-to-side to \
the radial artery with 9-0 nylon and a vena comitans end-to-end to the cephalic vein with a coupler. \
Strip test was good on both. The graft bled. {text2}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What one surgeon says of skin.

    Attributes:
        author: Who wrote it: the name of the file.
        kind: Its class, as written.
        note: The stock note with it.
    """

    author: str
    kind: str
    note: str

    @property
    def means(self) -> str:
        """The class of the judge."""
        return MEANS[self.kind]


def read_phrases() -> list[Phrase]:
    """Read the phrases of all authors, in order."""
    phrases = []
    for path in sorted(FOLDER.glob("author_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            note = STOCK.format(text=row["text"], text2=row["text2"])
            phrases.append(Phrase(author=path.stem, kind=row["class"], note=note))
    return phrases
