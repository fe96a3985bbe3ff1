"""When a reported value is the labelled one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scribe.rules.evaluation_schema import EvaluationFile, Parts


class Matcher:
    """Compares values of facts by the rules of ``patterns/evaluation.yaml``."""

    def __init__(self, rules: EvaluationFile) -> None:
        self._rules = rules

    def same_value(self, name: str, label: Any, got: Any) -> bool:
        """Tell whether two values of a fact mean the same.

        Numbers agree within the tolerance; sizes where every side of the label does; words whatever their case and hyphens.
        Some facts agree where one name contains the other, and some are told by a few of their parts.

        Args:
            name: Of the fact.
            label: The labelled value, as plain data.
            got: The reported one.
        """
        if label is None or got is None:
            return label is got
        if isinstance(label, dict) or isinstance(got, dict):
            return (
                isinstance(label, dict) and isinstance(got, dict) and self._same(name, label, got)
            )
        if isinstance(label, bool) or isinstance(got, bool):
            return bool(label) is bool(got)
        if isinstance(label, int | float):
            return self.same_plain(label, got)
        if name in self._rules.contained:
            return self.same_name(label, got)
        return self._folded(label) == self._folded(got)

    def details(self, name: str, label: Any, got: Any) -> tuple[bool, ...]:
        """Tell for each part that is counted on its own whether it agrees; empty where the fact has none.

        Args:
            name: Of the fact.
            label: The labelled value; None where the fact is denied.
            got: The reported value of the same fact.
        """
        parts = self._rules.parts.get(name)
        if parts is None:
            return ()
        one, other = label or {}, got or {}
        return tuple(self._same_detail(one.get(key), other.get(key)) for key in parts.detail)

    def same_name(self, label: Any, got: Any) -> bool:
        """Compare names, where one may say more than the other."""
        if label is None or got is None:
            return label is got
        one, other = self._folded(label), self._folded(got)
        return one in other or other in one

    def same_plain(self, label: Any, got: Any) -> bool:
        """Compare numbers within the tolerance, anything else as words."""
        if label is None or got is None:
            return label is got
        try:
            return abs(float(label) - float(got)) <= self._rules.tolerance
        except (TypeError, ValueError):
            return self._folded(label) == self._folded(got)

    def _same(self, name: str, label: dict[str, Any], got: dict[str, Any]) -> bool:
        parts = self._rules.parts.get(name)
        if parts is not None:
            return self._same_parts(parts, label, got)
        return all(self.same_plain(value, got.get(key)) for key, value in label.items())

    def _same_parts(self, parts: Parts, label: dict[str, Any], got: dict[str, Any]) -> bool:
        return all(
            self._folded(label.get(key)) == self._folded(got.get(key)) for key in parts.same
        ) and all(self.same_name(label.get(key), got.get(key)) for key in parts.contained)

    def _same_detail(self, label: Any, got: Any) -> bool:
        is_number = isinstance(label, int | float) or isinstance(got, int | float)
        return self.same_plain(label, got) if is_number else self.same_name(label, got)

    def _folded(self, value: Any) -> str:
        text = " ".join(str(value).casefold().replace("-", " ").split())
        for name, usual in self._rules.same_names.items():
            text = text.replace(name, usual)
        return text
