"""Counts by category, and a table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.context.probes import Probe, is_right

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NEGATION = ("affirmed", "negated")
ALL = "all"
CLAIMED = "negation only"


def tally(
    probes: Sequence[Probe], answers: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, dict[str, int]]]:
    """Count, by category and engine, the probes ``asked``, those ``right``, those ``not_present`` and of them the ``taken`` as present.

    Args:
        probes: The probes.
        answers: One answer a probe by engine; an empty one means that the engine was not asked.
    """
    rows: dict[str, dict[str, dict[str, int]]] = {}
    for engine, given in answers.items():
        for probe, answer in zip(probes, given, strict=True):
            if not answer:
                continue
            for row in _rows_of(probe):
                counts = rows.setdefault(row, {}).setdefault(
                    engine, {"asked": 0, "right": 0, "not_present": 0, "taken": 0}
                )
                counts["asked"] += 1
                counts["right"] += is_right(probe, answer)
                counts["not_present"] += probe.status != "present"
                counts["taken"] += probe.status != "present" and answer == "present"
    return rows


def as_table(rows: Mapping[str, Mapping[str, Mapping[str, int]]], engines: Sequence[str]) -> str:
    """Write the share of right answers by category, and under it what was taken as present though it was not."""
    names = sorted(name for name in rows if name not in (ALL, CLAIMED))
    lines = [_line("category", "probes", engines)]
    lines += [
        _line(name, str(rows[name][engines[0]]["asked"]), [_share(rows[name], e) for e in engines])
        for name in (*names, CLAIMED, ALL)
        if name in rows
    ]
    taken = [_part(rows[ALL], e, "taken", "not_present") for e in engines]
    lines.append(_line("taken as present", str(rows[ALL][engines[0]]["not_present"]), taken))
    return "\n".join(lines) + "\n"


def _rows_of(probe: Probe) -> tuple[str, ...]:
    claimed = (CLAIMED,) if probe.category in NEGATION else ()
    return (probe.category, ALL, *claimed)


def _share(row: Mapping[str, Mapping[str, int]], engine: str) -> str:
    return _part(row, engine, "right", "asked")


def _part(row: Mapping[str, Any], engine: str, part: str, whole: str) -> str:
    counts = row.get(engine)
    if counts is None or not counts[whole]:
        return "-"
    return f"{100 * counts[part] / counts[whole]:.1f}% ({counts[whole]})"


def _line(name: str, probes: str, cells: Sequence[str]) -> str:
    return f"{name:<18}{probes:>7}" + "".join(f"{cell:>15}" for cell in cells)
