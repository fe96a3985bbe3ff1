"""Fill the sentences of the rule pack with the values of facts.

A placeholder is the name of a fact, with an optional form: ``{name}`` or ``{name|ordinal}``. Words of the note come only
through ``{words}``, shortened and on one line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scribe.types.fact import Anastomosis, Dimensions, Evidence, Fact, Measure, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PLACEHOLDER: Final = re.compile(r"\{([a-z_.]+)(?:\|([a-z]+))?\}")
_ORDINALS: Final = ("zeroth", "first", "second", "third", "fourth", "fifth")
_QUOTE_CHARS: Final = 120


def placeholders(template: str) -> tuple[str, ...]:
    """Return the names that a template asks for, in order."""
    return tuple(match.group(1) for match in _PLACEHOLDER.finditer(template))


def fill(
    template: str, facts: Sequence[Fact], extra: Mapping[str, str] | None = None
) -> str | None:
    """Fill a template.

    Args:
        template: A sentence of the rule pack.
        facts: Facts whose values may be named.
        extra: Further words by placeholder.

    Returns: The sentence, or None when a placeholder has no value.
    """
    if "{" not in template:
        return template
    words = dict(extra or {})
    for name, form in _PLACEHOLDER.findall(template):
        key = f"{name}|{form}" if form else name
        if key not in words:
            said = [_say(f.value, form) for f in facts if f.name == name]
            told = [text for text in dict.fromkeys(said) if text]
            if not told:
                return None
            words[key] = join_words(told)
    return _PLACEHOLDER.sub(lambda m: words["|".join(g for g in m.groups() if g)], template)


def fill_each(template: str, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Fill a template once for each value of the one fact that it names; nothing where no value is known."""
    found = _PLACEHOLDER.search(template)
    if found is None:
        return (template,)
    said = (_say(fact.value, found.group(2)) for fact in facts if fact.name == found.group(1))
    values = tuple(text for text in dict.fromkeys(said) if text)
    return tuple(template.replace(found.group(0), value) for value in values)


def first_filled(
    templates: Sequence[str], facts: Sequence[Fact], extra: Mapping[str, str] | None = None
) -> str:
    """Return the first template that can be filled; the last one must need nothing.

    Raises:
        ValueError: No template can be filled.
    """
    for template in templates:
        filled = fill(template, facts, extra)
        if filled is not None:
            return filled[:1].upper() + filled[1:]
    msg = "no wording of this rule can be filled; its last one must stand without placeholders"
    raise ValueError(msg)


def quote(evidence: Sequence[Evidence]) -> str | None:
    """Return the words of the first place on one line, shortened at a word."""
    if not evidence:
        return None
    words = " ".join(evidence[0].text.split())
    if len(words) <= _QUOTE_CHARS:
        return words
    return words[:_QUOTE_CHARS].rsplit(" ", 1)[0] + " ..."


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence: ``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def number(value: float) -> str:
    """Write a number without needless zeros."""
    return f"{value:g}"


def _say(value: Value, form: str) -> str:
    if isinstance(value, Dimensions | Measure):
        return _size(value)
    if isinstance(value, Anastomosis):
        return _join(value)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        is_ordinal = form == "ordinal" and value in range(len(_ORDINALS))
        return _ORDINALS[int(value)] if is_ordinal else number(value)
    return value


def _size(value: Dimensions | Measure) -> str:
    sides = [value.length_cm, value.width_cm if isinstance(value, Dimensions) else None]
    given = [number(side) for side in sides if side is not None]
    return f"{' x '.join(given)} cm" if given else ""


def _join(value: Anastomosis) -> str:
    parts = [value.vessel, value.configuration or ""]
    parts.append(f"to the {value.recipient}" if value.recipient else "")
    if value.coupler_mm is not None:
        parts.append(f"with a {number(value.coupler_mm)} mm coupler")
    elif value.suture:
        parts.append(f"with {value.suture}")
    elif value.technique:
        parts.append(f"({value.technique})")
    return " ".join(part for part in parts if part)
