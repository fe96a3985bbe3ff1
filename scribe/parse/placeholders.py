"""Find what a template left open: blanks, choices nobody made, and boxes nobody ticked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scribe.parse.fields import FILLED, answered_choices
from scribe.parse.layout import YES_OR_NO, Stretches, boxes, stand_behind
from scribe.parse.picked import picked_choices
from scribe.types.mention import Placeholder

if TYPE_CHECKING:
    from scribe.rules.language import MeasuresFile
    from scribe.rules.words_schema import AnswerWords

_LINE = re.compile(r"[^\n\r]+")
_MAY_BOX = re.compile(
    r"\[\s{0,3}\]|\(\s{1,3}\)|[\u2610\u25a1\u25cb\u25ef]"
)  # nobody left open what is all ticked
_LABEL = re.compile(r"[:?][\s*_]*$|^[^.;:\n]{2,60}[ \t]{1,40}$")
_FIELD_LABEL = re.compile(r"[^.;:\n]{1,60}(?:[:?]|\t|\.{3,}|[ ]{3,})[\s*_]*")
_LETTER = re.compile(r"[^\W\d_]")
_BRACKETS = "[]{}<> "
_OPTIONS = re.compile(r"[/|]|\bor\b")
_DECIDED = re.compile(r"[^,.;:(\[{<\n]{1,60}")
_OPTION_END = re.compile(r"[ \t]{3,}|[.;](?=\s|$)")


class PlaceholderReader:
    """Find open text by the shapes of ``patterns/measures.yaml``."""

    def __init__(self, rules: MeasuresFile, answers: AnswerWords) -> None:
        """Compile the shapes; the words of answers tell what was picked from what is only offered."""
        self._answers = answers
        self._shapes = [(rule, re.compile(rule.pattern)) for rule in rules.placeholders]

    def find(self, text: str) -> tuple[Placeholder, ...]:
        """Return the open text of a note in order; an unticked box beside a ticked one is no open text but a "no"."""
        low = text.lower()
        boxes = _boxes(text)
        settled = [(b.start, b.end) for b in boxes if b.kind == "unchecked"]
        settled += [*answered_choices(text, self._answers)]
        settled += picked_choices(text, self._answers)
        if "__" in text:
            settled += [m.span() for m in FILLED.finditer(text)]
        closed = Stretches(settled)
        found = [
            Placeholder(
                rule=rule.id,
                kind=rule.kind,
                start=_with_label(text, m, rule.kind),
                end=self._with_decided(text, m) if rule.kind == "choice" else m.end(),
            )
            for rule, pattern in self._shapes
            if not rule.near or any(part in low for part in rule.near)
            for m in pattern.finditer(text)
            if not closed.cover(m.start())
        ]
        return tuple(sorted([*found, *boxes], key=lambda p: (p.start, -p.end)))

    def _with_decided(self, text: str, match: re.Match[str]) -> int:
        """Return where an open choice ends: "[with / without] a skin paddle" leaves open what stands behind it, up to a mark."""
        options = [
            set(option.lower().split()) for option in _OPTIONS.split(match.group().strip(_BRACKETS))
        ]
        if not all(words and words <= self._answers.deciding for words in options):
            return match.end()
        decided = _DECIDED.match(text, match.end())
        return decided.end() if decided else match.end()


def _with_label(text: str, match: re.Match[str], kind: str) -> int:
    """Return where open text begins: a choice that nobody made leaves its label unsaid too."""
    line = text.rfind("\n", 0, match.start()) + 1
    if kind == "choice" and _FIELD_LABEL.fullmatch(text, line, match.start()):
        return line
    return match.start()


def _boxes(text: str) -> list[Placeholder]:
    """Return each unticked option: ``unchecked`` where another box of its line is ticked, else ``choice``."""
    made: list[Placeholder] = []
    if not _MAY_BOX.search(text):
        return made
    for line in _LINE.finditer(text):
        found = boxes(text, line.start(), line.end())
        ticked = [is_ticked for _, is_ticked in found]
        if stand_behind(text, line.start(), line.end(), found):
            made += _behind(text, line.start(), found)
            continue
        for k, (box, _) in enumerate(found):
            if ticked[k]:
                continue
            end = found[k + 1][0].start() if k + 1 < len(found) else line.end()
            if len(found) > 1 and (answer := YES_OR_NO.match(text, box.end(), end)):
                end = answer.end()
            elif stop := _OPTION_END.search(text, box.end(), end):
                end = stop.start()
            label = text[line.start() : box.start()]
            nobody_chose = k == 0 and not any(ticked) and _LABEL.search(label) is not None
            alone = nobody_chose and len(found) == 1 and _LETTER.search(label) is not None
            if alone or text[box.end() : end].strip():
                made.append(
                    Placeholder(
                        rule="placeholder.box",
                        kind="unchecked" if any(ticked) else "choice",
                        # nobody chose, so the label says nothing either
                        start=line.start() if nobody_chose else box.start(),
                        end=end,
                    )
                )
    return made


def _behind(text: str, start: int, found: list[tuple[re.Match[str], bool]]) -> list[Placeholder]:
    """Return each unticked option of a line whose boxes stand behind their options."""
    kind = "unchecked" if any(is_ticked for _, is_ticked in found) else "choice"
    made: list[Placeholder] = []
    at = text.rfind(":", start, found[0][0].start()) + 1 or start
    for box, is_ticked in found:
        if not is_ticked:
            made.append(Placeholder(rule="placeholder.box", kind=kind, start=at, end=box.end()))
        at = box.end()
    return made
