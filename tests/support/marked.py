"""Cases of what a note documents: short made-up texts in which the words that must be found are marked.

``{text: 'The [[pedicle was 6 cm]] long.', value: 6}`` expects one fact of the file's name, with exactly the marked words as
its evidence (evidence inside longer evidence aside); a case without marks expects none. A file may tell once what stands
``before`` and ``after`` the text of every case; a case may tell its own. The keys of a case:

    text     the words of the case
    value    the value of the marked fact; true when left out
    status   its status; present when left out
    also     further facts of the same name: {value, status, words}
    not      facts of any name that the whole note must not report: {fact, value, status}
    xfail    why we still get it wrong
"""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scribe.rules.yaml_loader import load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scribe.types.fact import Evidence, Fact

_MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_KEYS = frozenset({"text", "value", "status", "also", "not", "xfail", "before", "after"})
Told = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedCase:
    """One case of one rule file.

    Attributes:
        fact: The fact or signal; the stem of the file.
        name: The name of the case.
        note: The whole note, without marks.
        start: Where the text of the case begins in it.
        end: Where it ends.
        expected: The facts that the text must tell: value, status and words.
        forbidden: What the whole note must not report.
        xfail: Why we still get it wrong, or None.
    """

    fact: str
    name: str
    note: str
    start: int
    end: int
    expected: tuple[Told, ...]
    forbidden: tuple[dict[str, Any], ...]
    xfail: str | None

    @property
    def is_positive(self) -> bool:
        """Tell whether something must be found as done or seen."""
        return any(status == "present" for _, status, _ in self.expected)


def load_marked(folder: Path) -> list[MarkedCase]:
    """Return the cases of every file of a folder."""
    return [case for path in sorted(folder.glob("*.yaml")) for case in _load_file(path)]


def told_by(facts: Iterable[Fact], case: MarkedCase) -> tuple[Told, ...]:
    """Return what facts of the case's name tell within the text of the case, in order."""
    told = [
        (_plain(fact.value), fact.status.value, words)
        for fact in facts
        if fact.name == case.fact
        for words in [
            _longest(e for e in fact.evidence if e.start < case.end and e.end > case.start)
        ]
        if words
    ]
    return tuple(sorted(told))


def breaches(facts: Iterable[Fact], case: MarkedCase) -> list[str]:
    """Return the facts that a case forbids, by name, value and status."""
    return [
        f"{fact.name} {_plain(fact.value)} {fact.status.value}"
        for fact in facts
        for bar in case.forbidden
        if fact.name == bar["fact"]
        and fact.status.value == bar.get("status", "present")
        and ("value" not in bar or _plain(bar["value"]) == _plain(fact.value))
    ]


def _longest(places: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the words of evidence that lies in no longer evidence."""
    kept = list(places)
    return tuple(
        each.text
        for each in kept
        if not any(
            other.start <= each.start and each.end <= other.end and other != each for other in kept
        )
    )


def _load_file(path: Path) -> Iterator[MarkedCase]:
    content = load_yaml(path)
    shared = content if "cases" in content else {}
    for name, case in (shared.get("cases") or content).items():
        unknown = set(case) - _KEYS
        if unknown:
            msg = f"{path.name}: {name}: unknown keys {sorted(unknown)}"
            raise ValueError(msg)
        yield _build(path.stem, name, {**_around(shared), **case})


def _around(shared: dict[str, Any]) -> dict[str, str]:
    return {key: shared[key] for key in ("before", "after") if key in shared}


def _build(fact: str, name: str, case: dict[str, Any]) -> MarkedCase:
    before = case.get("before", "").strip()
    before = f"{before}\n" if before else ""
    text = _MARK.sub(r"\1", case["text"])
    words = tuple(_MARK.findall(case["text"]))
    expected = [(_plain(case.get("value", True)), case.get("status", "present"), words)]
    expected += [
        (_plain(other.get("value", True)), other.get("status", "present"), tuple(other["words"]))
        for other in case.get("also", ())
    ]
    return MarkedCase(
        fact=fact,
        name=name,
        note=f"{before}{text}\n{case.get('after', '')}",
        start=len(before),
        end=len(before) + len(text),
        expected=tuple(sorted(each for each in expected if each[2])),
        forbidden=tuple(case.get("not", ())),
        xfail=case.get("xfail"),
    )


def _plain(value: Any) -> str:
    """Write a value so that equal ones are equal strings; parts that are None may be left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = dataclasses.asdict(value)
    if isinstance(value, dict):
        value = {key: _number(part) for key, part in value.items() if part is not None}
    return json.dumps(_number(value), sort_keys=True, ensure_ascii=False)


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value == int(value) else value
