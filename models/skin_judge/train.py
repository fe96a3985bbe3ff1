"""Train the judge of skin, measure it on authors that it never saw, and write what is shipped (``make train``)."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from models.labelled import analyzer_before, labelled_notes
from models.multinomial import fit_classes
from models.numbers_file import write_numbers
from models.paragraphs.read import HERE as PARAGRAPHS
from models.paragraphs.read import SKIN, read_paragraphs
from models.skin_judge.card import PAGE
from models.skin_judge.phrases import FOLDER, read_phrases
from models.voices import TUNED, hash_voices
from scribe.evaluate.labels import Split
from scribe.extract.asides import Asides
from scribe.parse.nlp import build_parser
from scribe.rules.pack import load_pack
from scribe.suggest.numbers import Features, Multinomial
from scribe.suggest.skin_judge import (
    FEATURES,
    SkinJudge,
    merged,
    sentences_of,
)
from scribe.types.note import Note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scribe.pipeline import Analyzer
    from scribe.rules.pack import RulePack

HERE: Final = Path(__file__).resolve().parent
METRICS: Final = HERE / "metrics.json"
STRENGTH: Final = 0.3
"""Inverse strength of the penalty."""
FOLDS: Final = 8
_QUERY: Final = "query"
_VOICE: Final = "tuned_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is seen of one note, and what it means.

    Attributes:
        group: Its author or voice; a whole group is left out when it is judged.
        means: The class; "query" where a reader would have to ask: nothing is learned from such a text.
        text: The note.
        features: What the judge sees.
    """

    group: str
    means: str
    text: str
    features: Features


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(prog="python -m models.skin_judge.train", description=__doc__)
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    rows = [*phrase_rows(pack), *paragraph_rows(pack), *note_rows(pack, Split.TUNED)]
    numbers = fit(rows)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "rows": dict(sorted(Counter(row.means for row in rows).items())),
        "weights": sum(len(each.weights) for each in numbers.classes.values()),
        "apart": judged_apart(rows),
        "held_out": share_right(note_rows(pack, Split.HELD_OUT), numbers),
    }
    if not options.measure:
        write_numbers(HERE, numbers, [row.features for row in rows], hash_data(), pack)
        metrics["codes"] = code_figures(rows, "author_")
        metrics["paragraph_codes"] = code_figures(rows, "skin_")
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def phrase_rows(pack: RulePack) -> list[Row]:
    """Return the phrases as the judge sees them."""
    return _rows(((each.author, each.means, each.note) for each in read_phrases()), pack)


def paragraph_rows(pack: RulePack) -> list[Row]:
    """Return the labelled paragraphs about skin as the judge sees them."""
    told = [(topic, each.codes, each.text) for topic in SKIN for each in read_paragraphs(topic)]
    return _rows(((topic, _means(codes, pack), text) for topic, codes, text in told), pack)


def _means(codes: Collection[str] | None, pack: RulePack) -> str:
    """Return the class of a paragraph with these codes."""
    skin = {pack.codes[code].skin for code in codes or ()}
    return _QUERY if len(skin) != 1 else "moved" if skin.pop() else "bone"


def note_rows(pack: RulePack, split: Split) -> list[Row]:
    """Return the labelled notes that have a code: it tells whether skin went with the bone."""
    notes = [
        (note.voice, "moved" if pack.codes[note.labels.code].skin else "bone", note.note.text)
        for note in labelled_notes(split, pack)
        if note.labels.code
    ]
    return _rows(notes, pack)


def _rows(notes: Iterable[tuple[str, str, str]], pack: RulePack) -> list[Row]:
    parser, asides = build_parser(pack.language), Asides(pack.language)
    rows = []
    for group, means, text in notes:
        parsed = asides.mark(parser.parse(Note(id="n", text=text, format="text", sha256="")))
        told = list(sentences_of(parsed, pack.skin_judge))
        rows.append(Row(group=group, means=means, text=text, features=merged(told)))
    return rows


def fit(rows: Sequence[Row]) -> Multinomial:
    """Fit the judge."""
    learned = [row for row in rows if row.means != _QUERY]
    return fit_classes(
        [row.features for row in learned],
        [row.means for row in learned],
        strength=STRENGTH,
        version=FEATURES,
    )


def judged_apart(rows: Sequence[Row]) -> dict[str, dict[str, float | int]]:
    """Return how often the judge is right on groups that it was fitted without: each author alone, the voices in folds."""
    authors = sorted({row.group for row in rows if not row.group.startswith(_VOICE)})
    voices = sorted({row.group for row in rows} - set(authors))
    told: dict[str, dict[str, float | int]] = {}
    folds = {author: [author] for author in authors}
    folds |= {f"tuned voices, fold {at + 1}": voices[at::FOLDS] for at in range(FOLDS)}
    for name, out in folds.items():
        numbers = fit([row for row in rows if row.group not in out])
        told[name] = share_right([row for row in rows if row.group in out], numbers)
    return told


def share_right(rows: Sequence[Row], numbers: Multinomial) -> dict[str, float | int]:
    """Return how often the most probable class is the right one, in how many notes that have one."""
    rows = [row for row in rows if row.means != _QUERY]
    probabilities = [numbers.answers(row.features) for row in rows]
    right = [
        max(shares, key=lambda each: shares[each]) == row.means
        for row, shares in zip(rows, probabilities, strict=True)
    ]
    return {"notes": len(rows), "right": round(float(np.mean(right)), 4)}


def code_figures(rows: Sequence[Row], kind: str) -> dict[str, dict[str, float]]:
    """Return what becomes of the codes of texts, with the rules alone and with judges that never saw the author.

    Args:
        rows: All that the judge learns from.
        kind: What the groups are called that are measured.
    """
    figures = {}
    pack = load_pack()
    authors = sorted({row.group for row in rows if row.group.startswith(kind)})
    rules = analyzer_before("skin_judge", pack)
    for name in ("rules alone", "with the judge"):
        outcomes: Counter[str] = Counter()
        for author in authors:
            analyzer = rules
            if name != "rules alone":
                numbers = fit([row for row in rows if row.group != author])
                judge = SkinJudge(numbers, pack.skin_judge)
                analyzer = rules.with_models(replace(rules.models, skin_judge=judge))
            for row in rows:
                if row.group == author:
                    outcomes[_outcome(row, analyzer, pack)] += 1
        whole = outcomes.total()
        figures[name] = {key: round(outcomes[key] / whole, 4) for key in ("right", "wrong", _QUERY)}
    return figures


def _outcome(row: Row, analyzer: Analyzer, pack: RulePack) -> str:
    """Tell whether the answer to a text is right, a wrong code, or a question that need not be asked."""
    suggestion = analyzer.analyze(row.text).suggestion
    code = suggestion.code
    given = _QUERY if code is None else "moved" if pack.codes[code].skin else "bone"
    if given == (_QUERY if row.means == "watch" else row.means):
        return "right"
    return _QUERY if code is None else "wrong"


def hash_data() -> str:
    """Return the hash of the notes, phrases and paragraphs of the training."""
    files = [
        *sorted(FOLDER.glob("author_*.jsonl")),
        *(PARAGRAPHS / f"{each}.jsonl" for each in SKIN),
    ]
    texts = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(hash_voices(TUNED).encode() + texts).hexdigest()


if __name__ == "__main__":
    main()
