"""Train the arbiter, measure it on authors and voices that it never saw, and write what is shipped (``make train``)."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from models.arbiter.card import PAGE
from models.arbiter.contradictions import contradictions
from models.arbiter.plain import PARTS, plain_operations
from models.labelled import analyzer_before, labelled_notes
from models.multinomial import fit_classes
from models.numbers_file import write_numbers
from models.operations.read import HELD_OUT as HELD_OUT_OPERATIONS
from models.operations.read import HERE as OPERATIONS
from models.operations.read import TUNED as TUNED_OPERATIONS
from models.operations.read import read_operations
from models.second_reader.left_out import LeftOutReaders
from models.voices import TUNED, hash_voices
from scribe.evaluate.labels import Split
from scribe.pipeline import note_from_text
from scribe.rules.conditions import Scope
from scribe.rules.pack import load_pack
from scribe.suggest.arbiter import (
    FEATURES,
    OTHER,
    ArbiterNumbers,
    Weighing,
    arbiter_features,
    class_of_donor,
)
from scribe.suggest.decision_table import Ruling, decide_row
from scribe.suggest.numbers import Features, Logistic, shares_of
from scribe.suggest.settle import settle
from scribe.types.fact import Status
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scribe.evaluate.labels import Labels
    from scribe.pipeline import Analyzer
    from scribe.rules.pack import RulePack

HERE: Final = Path(__file__).resolve().parent
METRICS: Final = HERE / "metrics.json"
STRENGTH: Final = 0.3
"""Inverse strength of the penalty."""
FOLDS: Final = 8
OPEN, NONE = "open", "none"
_UNLEARNED: Final = ""
_VOICE: Final = "tuned_"
_PLAIN: Final = "plain_"
_CONTRADICTED: Final = "contradicted_"
_PLAIN_GROUPS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is seen of one note, and what it means.

    Attributes:
        group: Its author or voice; a whole group is left out when it is judged.
        answer: The code, ``query`` or ``none``, as labelled.
        means: The class; empty for a question about something else than skin: nothing is learned from such a note.
        donor: The class of the donor; empty where the labels name none or several.
        features: What the arbiter sees.
        scope: The facts and signals by which the table decides.
        ruling: What the decision table says.
    """

    group: str
    answer: str
    means: str
    donor: str
    features: Features
    scope: Scope
    ruling: Ruling


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(prog="python -m models.arbiter.train", description=__doc__)
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    analyzer = analyzer_before("arbiter", pack)
    readers = LeftOutReaders(analyzer)
    rows = [
        *operation_rows(TUNED_OPERATIONS, analyzer, pack),
        *note_rows(Split.TUNED, readers, pack),
        *plain_rows(analyzer, pack),
        *contradicted_rows(readers, pack),
    ]
    numbers = fit(rows)
    unseen = {
        "held-out authors of operations": operation_rows(HELD_OUT_OPERATIONS, analyzer, pack),
        "held-out voices": note_rows(Split.HELD_OUT, readers, pack),
    }
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "rows": dict(sorted(Counter(row.means for row in rows if row.means).items())),
        "donors": dict(sorted(Counter(row.donor for row in rows if row.donor).items())),
        "weights": sum(
            len(each.weights) for each in (*numbers.classes.values(), *numbers.donors.values())
        ),
        "apart": judged_apart(rows, pack)
        | {name: figures(told, numbers, pack) for name, told in unseen.items()},
    }
    if not options.measure:
        learned = [row.features for row in rows if row.means]
        write_numbers(HERE, numbers, learned, hash_data(), pack)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def operation_rows(prefix: str, analyzer: Analyzer, pack: RulePack) -> list[Row]:
    """Return the short operations as the arbiter sees them."""
    return [
        _row(
            each.author,
            each.text,
            _Answer(
                each.answer,
                _meaning(each.code, each.open, each.answer, pack),
                _donor_of_code(each.code, pack),
            ),
            analyzer,
            pack,
        )
        for each in read_operations(prefix)
    ]


def note_rows(split: Split, readers: LeftOutReaders, pack: RulePack) -> list[Row]:
    """Return the labelled notes as the arbiter sees them, each read by a reader that never saw its voice."""
    return [
        _row(
            each.voice,
            each.note.text,
            _Answer(
                each.labels.answer,
                _meaning(each.labels.code, each.labels.alternatives, each.labels.answer, pack),
                _donor_of_labels(each.labels, pack),
            ),
            readers.analyzer(each.voice),
            pack,
        )
        for each in labelled_notes(split, pack)
    ]


def plain_rows(analyzer: Analyzer, pack: RulePack) -> list[Row]:
    """Return the operations that were put together from parts; nobody judges them by a code, as the donor hardly matters there."""
    return [
        _row(
            f"{_PLAIN}{at % _PLAIN_GROUPS}",
            each.text,
            _Answer(each.means, each.means, ""),
            analyzer,
            pack,
        )
        for at, each in enumerate(plain_operations())
    ]


def contradicted_rows(readers: LeftOutReaders, pack: RulePack) -> list[Row]:
    """Return the notes that contradict themselves about skin, each left out with its voice."""
    return [
        _row(
            f"{_CONTRADICTED}{each.voice}",
            each.text,
            _Answer(Decision.QUERY.value, OPEN, ""),
            readers.analyzer(each.voice),
            pack,
        )
        for each in contradictions(labelled_notes(Split.TUNED, pack), pack)
    ]


class _Answer(NamedTuple):
    """What is labelled: the answer, its class, and the class of the donor."""

    answer: str
    means: str
    donor: str


def _row(group: str, text: str, labelled: _Answer, analyzer: Analyzer, pack: RulePack) -> Row:
    told = analyzer.extract_facts(note_from_text(text, note_id="n"))
    return Row(
        group=group,
        answer=labelled.answer,
        means=labelled.means,
        donor=labelled.donor,
        features=arbiter_features(told.scope, told.heard, told.answers, pack.arbiter),
        scope=told.deciding,
        ruling=decide_row(told.deciding, pack),
    )


def _meaning(code: str | None, alternatives: Sequence[str], answer: str, pack: RulePack) -> str:
    if code is not None:
        skin = pack.codes[code].skin
        return next(name for name, has in pack.arbiter.skin.items() if has is skin)
    if answer == NONE:
        return NONE
    return OPEN if len({pack.codes[each].skin for each in alternatives}) > 1 else _UNLEARNED


def _donor_of_labels(labels: Labels, pack: RulePack) -> str:
    """Return the class of the only donor that is labelled, where one was used."""
    if labels.code is None:
        return _UNLEARNED
    donors = {
        class_of_donor(label.value, pack.arbiter)
        for label in labels.facts
        if label.name == "donor.site" and label.status is Status.PRESENT
    }
    return next(iter(donors)) if len(donors) == 1 else _UNLEARNED


def _donor_of_code(code: str | None, pack: RulePack) -> str:
    """Return the class of the donor that a code is for; that of other bones with skin may be a fibula, too."""
    if code is None:
        return _UNLEARNED
    spec = pack.codes[code]
    if spec.donor.sites:
        return class_of_donor(spec.donor.sites[0], pack.arbiter)
    return _UNLEARNED if spec.skin else OTHER


def fit(rows: Sequence[Row]) -> ArbiterNumbers:
    """Fit the arbiter."""
    return ArbiterNumbers(
        features=FEATURES,
        classes=_fitted([(row.features, row.means) for row in rows if row.means]),
        donors=_fitted([(row.features, row.donor) for row in rows if row.donor]),
    )


def _fitted(rows: Sequence[tuple[Features, str]]) -> dict[str, Logistic]:
    features, meant = [each for each, _ in rows], [means for _, means in rows]
    return dict(fit_classes(features, meant, strength=STRENGTH, version=FEATURES).classes)


def judged_apart(rows: Sequence[Row], pack: RulePack) -> dict[str, dict[str, Any]]:
    """Return the figures of groups that the arbiter was fitted without: authors one by one, voices in folds."""
    names = sorted({row.group for row in rows})
    authors = [name for name in names if name.startswith(TUNED_OPERATIONS)]
    voices = [name for name in names if name.startswith(_VOICE)]
    folds = {
        "authors of operations": [[author] for author in authors],
        "tuned voices": [voices[at::FOLDS] for at in range(FOLDS)],
    }
    told = {}
    contradicted: list[tuple[Row, ArbiterNumbers]] = []
    for name, groups in folds.items():
        judged = []
        for out in groups:
            numbers = fit([row for row in rows if _voice_of(row) not in out])
            judged += [(row, numbers) for row in rows if row.group in out]
            contradicted += [
                (row, numbers) for row in rows if _voice_of(row) in out and row.group not in out
            ]
        told[name] = _figures(judged, pack)
    told["contradictions put in"] = _figures(contradicted, pack)
    return told


def _voice_of(row: Row) -> str:
    return row.group.removeprefix(_CONTRADICTED)


def figures(rows: Sequence[Row], numbers: ArbiterNumbers, pack: RulePack) -> dict[str, Any]:
    """Return what becomes of the answers to notes, without the arbiter and with it."""
    return _figures([(row, numbers) for row in rows], pack)


def _figures(judged: Sequence[tuple[Row, ArbiterNumbers]], pack: RulePack) -> dict[str, Any]:
    with_it = [_settled(row, numbers, pack) for row, numbers in judged]
    classes = [
        _likeliest(numbers.classes, row.features) == row.means
        for row, numbers in judged
        if row.means
    ]
    donors = [
        _likeliest(numbers.donors, row.features) == row.donor
        for row, numbers in judged
        if row.donor
    ]
    return {
        "notes": len(judged),
        "class_right": round(sum(classes) / len(classes), 4),
        "donor_right": round(sum(donors) / len(donors), 4) if donors else None,
        "table": _outcomes((row.answer, row.ruling) for row, _ in judged),
        "arbiter": _outcomes(
            (row.answer, ruling) for (row, _), ruling in zip(judged, with_it, strict=True)
        ),
    }


def _likeliest(classes: Mapping[str, Logistic], features: Features) -> str:
    shares = shares_of(classes, features)
    return max(shares, key=lambda each: shares[each])


def _settled(row: Row, numbers: ArbiterNumbers, pack: RulePack) -> Ruling:
    chances = shares_of(numbers.classes, row.features)
    weighed = Weighing(
        chances=chances,
        donors=shares_of(numbers.donors, row.features),
        evidence=dict.fromkeys(chances, ()),
    )
    return settle(row.ruling, weighed, row.scope, pack)


def _outcomes(answers: Iterable[tuple[str, Ruling]]) -> dict[str, int]:
    """Count right answers, wrong codes, and questions and refusals that were not due."""
    count: Counter[str] = Counter()
    for wanted, ruling in answers:
        if (ruling.code or ruling.row.decision.value) == wanted:
            count["right"] += 1
        elif ruling.code:
            count["wrong"] += 1
        else:
            count["asks" if ruling.row.decision is Decision.QUERY else NONE] += 1
    return {key: count[key] for key in ("right", "wrong", "asks", NONE)}


def hash_data() -> str:
    """Return the hash of the notes and operations of the training."""
    files = sorted(OPERATIONS.glob(f"{TUNED_OPERATIONS}*.jsonl"))
    texts = b"".join(path.read_bytes() for path in (*files, PARTS))
    return hashlib.sha256(hash_voices(TUNED).encode() + texts).hexdigest()


if __name__ == "__main__":
    main()
