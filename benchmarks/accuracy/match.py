"""When a reported value is the labelled one."""

from __future__ import annotations

from typing import Any

_TOLERANCE = 0.05 + 1e-6  # centimetres, millimetres or minutes; the rest is for binary fractions
_CONTAINED = frozenset({"pedicle.artery", "pedicle.vein", "recipient.site"})
_OTHER_NAMES = {
    "greater saphenous": "great saphenous",
    "long saphenous": "great saphenous",
}


def same_value(name: str, gold: Any, got: Any) -> bool:
    """Tell whether two values of the fact ``name`` mean the same.

    Numbers agree within 0.05. Vessels and regions agree when one name contains the other. An
    anastomosis is told by the kind of vessel and by both vessels joined; how it was sewn is not judged.
    """
    if gold is None or got is None:
        return gold is got
    if isinstance(gold, dict) and isinstance(got, dict):
        if name == "anastomosis":
            return same_anastomosis(gold, got)
        return all(_same_plain(value, got.get(key)) for key, value in gold.items())
    if isinstance(gold, dict) or isinstance(got, dict):
        return False
    return same_name(gold, got) if name in _CONTAINED else _same_plain(gold, got)


def same_anastomosis(gold: dict[str, Any], got: dict[str, Any]) -> bool:
    """Compare kind, donor vessel and recipient vessel; a vessel that is not named must be so in both."""
    return gold.get("vessel") == got.get("vessel") and all(
        same_name(gold.get(end), got.get(end)) for end in ("donor", "recipient")
    )


def same_name(gold: Any, got: Any) -> bool:
    """Compare names of vessels or regions, where one may say more than the other."""
    if gold is None or got is None:
        return gold is got
    one, other = _folded(gold), _folded(got)
    return one in other or other in one


def _same_plain(gold: Any, got: Any) -> bool:
    if gold is None or got is None:
        return gold is got
    if isinstance(gold, bool) or isinstance(got, bool):
        return bool(gold) is bool(got)
    if isinstance(gold, int | float) and isinstance(got, int | float):
        return abs(gold - got) <= _TOLERANCE
    return _folded(gold) == _folded(got)


def _folded(value: Any) -> str:
    text = " ".join(str(value).casefold().replace("-", " ").split())
    for name, usual in _OTHER_NAMES.items():
        text = text.replace(name, usual)
    return text
