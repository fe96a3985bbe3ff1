"""Write the sample notes that come in other formats, and the set of forty: ``python tests/support/make_samples.py``.

Nobody in them exists. The set is made of the typed sample stories; each of four surgeons leaves out sentences and headings as often
as suits the person, so that an audit has something to show.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "sample_notes"
STORY = "typed_with_skin.txt"
STORIES = (STORY, "typed_bone_only.md", "skin_not_mentioned.txt", "pedicled_none.txt", STORY)
SURGEONS = (
    ("A. Verano", 13, 0.02),
    ("B. Tolliver", 12, 0.10),
    ("C. Ashgrove", 10, 0.25),
    ("D. Imre", 5, 0.05),
)
HEADING = re.compile(
    r"^[#*\s]*(?:estimated blood loss|specimens|implants|complications|assistants?|findings)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[a-z)]\.) (?=[A-Z])")


def shortened(text: str, chance: random.Random, share: float) -> str:
    """Return the text with some sentences and lines of the floor left out."""
    lines = []
    for line in text.splitlines():
        if HEADING.match(line) and chance.random() < share * 2:
            continue
        sentences = SENTENCE.split(line)
        kept = [each for at, each in enumerate(sentences) if not at or chance.random() >= share]
        lines.append(" ".join(kept))
    return "\n".join(lines) + "\n"


def forty() -> list[tuple[str, str, str, str]]:
    """Return id, surgeon, date and text of the notes of the set."""
    chance = random.Random(20250101)  # noqa: S311 - not for secrets
    rows = []
    for surgeon, count, share in SURGEONS:
        for number in range(count):
            story = (SAMPLES / STORIES[number % len(STORIES)]).read_text("utf-8")
            day = f"2025-{1 + number % 4:02}-{1 + chance.randrange(28):02}"
            rows.append(
                (
                    surgeon,
                    day,
                    f"{shortened(story, chance, share)}\nEnd of note {number + 1} of {surgeon}.\n",
                )
            )
    rows.sort(key=lambda each: (each[1], each[0]))
    return [(f"case-{at:02}", *row) for at, row in enumerate(rows, 1)]


def main() -> None:
    """Write the files."""
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    from clinical import make_ccda, make_fhir, make_hl7v2, make_html  # type: ignore[import-not-found]
    from documents import make_docx, make_pdf, make_rtf  # type: ignore[import-not-found]

    lines = (SAMPLES / STORY).read_text("utf-8").splitlines()
    folder = SAMPLES / "formats"
    folder.mkdir(exist_ok=True)
    formats = {
        "docx": make_docx,
        "pdf": make_pdf,
        "rtf": make_rtf,
        "html": make_html,
        "json": partial(make_fhir, name=Path(STORY).stem, indent=1),
        "xml": make_ccda,
        "hl7": make_hl7v2,
    }
    for ending, make in formats.items():
        (folder / f"{Path(STORY).stem}.{ending}").write_bytes(make(lines))
    with (SAMPLES / "forty.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "surgeon", "date", "text"))
        writer.writerows(forty())


if __name__ == "__main__":
    main()
