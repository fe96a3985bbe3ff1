"""Write the figures: as a plain table, as JSON, and as the table of the README."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.measure import HELD_OUT, TUNED, Result
from benchmarks.accuracy.tally import Hits, Tally, ratio

if TYPE_CHECKING:
    from datetime import date

COMMAND = "python -m benchmarks.accuracy"
_BLOCK = re.compile(r"(<!-- accuracy: [^>]*-->\n).*?(<!-- end of accuracy -->)", re.DOTALL)
_LEAST = 10  # labels that a fact needs to stand among the worst of the README
_WORST = 5
_HEADS = (
    "notes",
    "code",
    "wrong",
    "abstain",
    "fact P",
    "fact R",
    "fact F1",
    "traps",
    "items",
    "false met",
    "findings",
)


def as_table(result: Result) -> str:
    """Write folders, groups and facts as plain text; no word and no name of a note."""
    lines = [f"{'folder':<16}" + "".join(f"{head:>10}" for head in _HEADS)]
    lines += [_line(name, tally) for name, tally in result.folders.items()]
    lines += ["", *(_line(f"= {name}", tally) for name, tally in result.groups.items())]
    for name, tally in result.groups.items():
        lines += [
            "",
            f"{f'Facts, {name}, worst first':<32}{'P':>8}{'R':>8}{'F1':>8}{'right':>8}{'surplus':>9}{'missed':>8}",
            *(_fact_line(fact, hits) for fact, hits in tally.worst_facts(least=0)),
        ]
    return "\n".join([*lines, "", f"Rules {result.rules}", ""])


def as_data(result: Result) -> dict[str, Any]:
    """Return the same figures as plain data."""
    return {
        "rules": result.rules,
        "groups": {name: tally.to_dict() for name, tally in result.groups.items()},
        "folders": {name: tally.to_dict() for name, tally in result.folders.items()},
    }


def refresh_readme(readme: str, result: Result, day: date) -> str:
    """Return the README with the figures between its markers written anew.

    Raises:
        ValueError: The markers are gone, or the notes measured are not those of the project.
    """
    if set(result.groups) != {HELD_OUT, TUNED}:
        msg = "the README shows the notes of models/corpus; measure all of them, and no others"
        raise ValueError(msg)
    table = _readme_block(result, day)
    text, count = _BLOCK.subn(lambda found: found[1] + table + found[2], readme)
    if count != 1:
        msg = "README.md needs one pair of markers: <!-- accuracy: ... --> and <!-- end of accuracy -->"
        raise ValueError(msg)
    return text


def _readme_block(result: Result, day: date) -> str:
    held, tuned = result.groups[HELD_OUT], result.groups[TUNED]
    rows: list[tuple[str, str, str]] = [
        ("notes", str(held.notes), str(tuned.notes)),
        *(
            (label, _percent(part(held)), _percent(part(tuned)))
            for label, part in (
                ("code and decision right", lambda t: ratio(t.codes_right, t.notes)),
                ("facts, F1", lambda t: t.all_facts.f1),
                ("checklist items right", lambda t: ratio(t.items_right, t.items)),
            )
        ),
        (
            "notes with a wrong code suggested",
            f"{held.wrong_suggestions}",
            f"{tuned.wrong_suggestions}",
        ),
        ("traps fallen into", _of(held), _of(tuned)),
    ]
    worst = held.worst_facts(_LEAST)[:_WORST]
    rows += [(f"`{n}`, F1", _percent(h.f1), _percent(tuned.fact(n).f1)) for n, h in worst]
    return "\n".join(
        [
            (
                f"Measured on {day.isoformat()} by `{COMMAND} --write-readme` with rules {result.rules} on the made-up notes in "
                "[`models/corpus/`](models/corpus/DATASHEET.md)."
            ),
            (
                "Nobody looked at what is missed in the held-out notes; rules were written while looking at the misses in the tuned ones. "
                "Made-up notes flatter rules: expect less on real ones."
            ),
            "",
            "| | held-out | tuned |",
            "| --- | ---: | ---: |",
            *(f"| {' | '.join(row)} |" for row in rows),
            "",
            (
                f"The last {len(worst)} lines are the worst facts of the held-out notes, of those labelled there at least {_LEAST} times. "
                "What each line means: [docs/benchmarks.md](docs/benchmarks.md#accuracy)."
            ),
            "",
        ]
    )


def _of(tally: Tally) -> str:
    return f"{tally.traps_fallen} of {tally.traps}"


def _line(name: str, tally: Tally) -> str:
    facts = tally.all_facts
    cells = (
        str(tally.notes),
        _percent(ratio(tally.codes_right, tally.notes)),
        str(tally.wrong_suggestions),
        f"{tally.abstentions}/{tally.needless_abstentions}",
        _percent(facts.precision),
        _percent(facts.recall),
        _percent(facts.f1),
        f"{tally.traps_fallen}/{tally.traps}",
        _percent(ratio(tally.items_right, tally.items)),
        str(tally.false_met),
        _percent(ratio(tally.findings_found, tally.findings)),
    )
    return f"{name:<16}" + "".join(f"{cell:>10}" for cell in cells)


def _fact_line(name: str, hits: Hits) -> str:
    ratios = "".join(f"{_percent(v):>8}" for v in (hits.precision, hits.recall, hits.f1))
    return f"  {name:<30}{ratios}{hits.right:>8}{hits.surplus:>9}{hits.missed:>8}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}%"
