"""Find the headings of a note, in every convention, and the sections under them.

Source: C-CDA Operative Note sections (CCDA-ON) and the plain-text headings of section 8 of the domain facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scribe.parse.booked import booked_parts
from scribe.parse.copied import CopiedLabel
from scribe.parse.heading_keys import keys_in, may_hold_key
from scribe.parse.heading_marks import (
    KEY_LINE,
    OUTLINE_NUMBER,
    SENTENCE_END,
    behind_rules,
    initials,
    is_key,
    last_stop,
    looks_like_title,
    next_item,
    outline_end,
    own_line_end,
    section_begun,
)
from scribe.parse.heading_names import LONGEST_HEADING, MARKS, HeadingNames
from scribe.parse.labels import either
from scribe.parse.layout import BULLETS
from scribe.types.note import Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.rules.language import SectionRule, SectionsFile
    from scribe.rules.words_schema import IntendedTitles

_WORDS = re.compile(r"[a-z]+")
# The names of a table's columns, with the rule below them ("| Time | Event |" above "|---|---|").
_HEADS_TABLE = re.compile(r"[ \t]*\|[^\n]*\n[ \t]*\|[ \t:|-]*-[ \t:|-]*(?:\n|$)")
_LINE = re.compile(r"[^\n\r]+")
_SET_IN = re.compile(r"[^\S\n]*")
_LEAD = re.compile(
    r"^[\ufeff\s>#*_\-–•·|=~]*(?:(?:\(?[0-9]{1,2}(?:\.[0-9]{1,2})?[.)]?|\(?[ivxIVX]{1,4}[.)]|\(?[a-zA-Z][.)])\s+)?[\s#*_|]*"
)
_SHOUTED_KEY = re.compile(r"\s*(?:\*\*)?([A-Z][A-Z &/,\-()]{3,50}):\s")
_BULLET = re.compile(rf"\s*[{re.escape(''.join(sorted(BULLETS)))}] ")
_CONTENT = re.compile(r"\S")
_BLANK = re.compile(r"\n[ \t\r]*\n")
_CLOCK = re.compile(r"[\[(]?\d{1,2}[:.h]\d{2}\b")  # a line of a timeline
_RUN_IN = re.compile(r"([A-Z][A-Za-z-]*(?: [A-Za-z-]+){0,3})\.\s+(?=[A-Z0-9])")
# Behind the name of a part of a form: which of how many it is, and the mark before its own name ("CARD 3: DONOR").
_COUNT = r"[ ]?#?(?:\d{1,2}|[a-z]|[ivx]{1,4})(?:[ ]?(?:/|of)[ ]?\d{1,2})?[ ]?[:.)|\u2013\u2014-][ ]*(?=\S)"
_QUOTES = ('"', "“")
_EDGES = MARKS + "\ufeff"
_SPOKEN_EDGES = _EDGES + "[]()\r\n"
_LONGEST_TITLE = 700
_LONGEST_ONE_LINE = 220
_SHORTEST_TELLING = 250
_SENTENCES_OF_A_TELLING = 3
_TOLD_END = re.compile(r"\b[a-z]{3,}\.\s")  # no name's


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: where it stands, what it opens, and whether the rule pack knows it."""

    start: int
    end: int
    name: str | None
    phase: str | None
    frame: str | None
    own_line: bool
    run_in: bool = False
    """True where it is the first words of a paragraph, which is all that it heads."""
    is_label: bool = False
    """True where it is a key that nobody knows: its words say what the value behind it is ("DONOR RAY: 3")."""


class SectionReader:
    """Divide a note by its headings, by the rules of ``patterns/sections.yaml``."""

    def __init__(self, rules: SectionsFile) -> None:
        """Index the headings."""
        self._rules = rules.sections
        self._names = HeadingNames(rules)
        units = either(rules.no_title_units)
        self._verbs = re.compile(rf"\b(?:{either(rules.no_title_verbs)})\b", re.IGNORECASE)
        self._intended = rules.intended
        changed = either(rules.intended.changed)
        self._changed = re.compile(rf"(?<!\bno )(?<!\bany )\b(?:{changed})\b(?! (?:none|nil|no)\b)")
        self._no_title = re.compile(rf"\d\s?(?:{units})\b|[.;]\s")
        self._called = sorted(rules.spoken)
        said = either(self._called)
        self._spoken = re.compile(
            rf"(?:^|(?<=[.;,]\s))\s*(?:[a-z]+ )?(?:{said})[,:.]? ([a-z][a-z ]{{2,40}})(?:[.,:;]|$)",
            re.I,
        )
        parts = either(rules.counted)
        self._counted = re.compile(rf"(?:{parts})s?{_COUNT}", re.IGNORECASE)
        self.settled = frozenset(n for n, rule in rules.sections.items() if rule.settled)
        self.closed = frozenset(n for n, rule in rules.sections.items() if rule.closed)
        self._copied = CopiedLabel(rules.copied)
        self._begins = {b: name for name, rule in rules.sections.items() for b in rule.begins}

    def frame_of(self, name: str | None) -> str | None:
        """Return how statements of a section are meant."""
        return self._rules[name].frame if name in self._rules else None

    def headings(self, text: str) -> list[Heading]:
        """Return the headings of a note in order."""
        found: list[Heading] = []
        has_bars = "|" in text  # few notes have any
        low = text.lower()
        spoken = any(word in low for word in self._called)
        for line in _LINE.finditer(text):
            if not (has_bars and _HEADS_TABLE.match(text, line.start())):
                found += self._of_line(text, line.start(), line.end(), spoken=spoken)
        speakers = initials(text)
        told = [h for h in found if text[h.start : h.end].strip(_SPOKEN_EDGES) not in speakers]
        return list(_not_within(text, _booked_apart(text, told, self._intended)))

    def sections(self, text: str, headings: list[Heading]) -> tuple[Section, ...]:
        """Return the sections that the headings open; text before the first heading has no name."""
        made: list[Section] = []
        if not headings:
            return (
                (Section(name=None, phase=None, start=0, end=len(text), heading_start=0),)
                if text
                else ()
            )
        if text[: headings[0].start].strip():
            made.append(
                Section(name=None, phase=None, start=0, end=headings[0].start, heading_start=0)
            )
        for heading, after in zip(headings, [*headings[1:], None], strict=True):
            end = after.start if after else len(text)
            stop = self._stop(text, heading, end)
            rule = self._rules.get(heading.name) if heading.name else None
            title_end = _title_end(text, heading, rule, stop, self._verbs)
            made.append(
                Section(
                    name=self._canonical(heading),
                    phase=heading.phase,
                    start=heading.end,
                    end=title_end or stop,
                    heading_start=heading.start,
                )
            )
            if title_end:
                made.append(_inferred(self._rules[heading.name or ""].told_as, title_end, stop))
            if stop < end:
                made.append(replace(_inferred(None, stop, end), in_form=_is_key(text, stop)))
        names: set[str | None] = set()
        told = []
        for section in made:
            told.append(self._told(text, section, again=section.name in names))
            names.add(section.name)
        return tuple(self._only_intended(text, told))

    def _only_intended(self, text: str, sections: Sequence[Section]) -> Iterator[Section]:
        """Yield the sections; a title of what was booked is a plan where another title, or the telling, says what was done instead."""
        titles = [s for s in sections if s.name in self._intended.instead and not s.inferred]
        booked = [s for s in titles if self._is_intended(text, s)]
        settled = len(booked) < len(titles) or (bool(booked) and self._tells_change(text))
        plans = frozenset(booked) if settled else frozenset()
        for section in sections:
            yield replace(section, name=self._intended.section) if section in plans else section

    def _tells_change(self, text: str) -> bool:
        """Tell whether the note says that what was booked is not what was done."""
        words = " ".join(_WORDS.findall(text.lower()))
        return self._changed.search(words) is not None

    def _is_intended(self, text: str, section: Section) -> bool:
        words = frozenset(_WORDS.findall(text[section.heading_start : section.start].lower()))
        return not words.isdisjoint(self._intended.words) and words.isdisjoint(self._intended.done)

    def _told(self, text: str, section: Section, *, again: bool) -> Section:
        """Take a second or a long section under "Procedure", or a narrative under "Theatre", for the telling of the operation."""
        rule = self._rules.get(section.name) if section.name else None
        if rule is None or rule.told_as is None:
            return section
        length = section.end - section.start
        is_admin = rule.frame == "admin"
        ends = len(_TOLD_END.findall(text, section.start, section.end)) if is_admin else 0
        if (
            length > (_SHORTEST_TELLING if again or is_admin else _LONGEST_TITLE)
            or ends >= _SENTENCES_OF_A_TELLING
        ):
            return replace(section, name=rule.told_as)
        return section

    def _stop(self, text: str, heading: Heading, end: int) -> int:
        """Return where a heading's reach ends: a short section, or one that begins behind its key, ends with its paragraph."""
        end = outline_end(text, heading.start, heading.end, end)
        end = next_item(text, heading.start, heading.end, end) if not heading.own_line else end
        if heading.run_in:
            line_end = text.find("\n", heading.end, end)
            return end if line_end < 0 else line_end + 1
        rule = self._rules.get(heading.name) if heading.name else None
        if rule is None or not (rule.short or not heading.own_line):
            return end
        content = _CONTENT.search(text, heading.end, end)
        if content is None:
            return end
        line_end = text.find("\n", content.start(), end)
        if line_end > 0 and rule.frame == "admin" and _is_inside_line(text, heading):
            return line_end + 1
        if not heading.own_line and line_end > 0:
            at = behind_rules(text, line_end)
            if KEY_LINE.match(text, at, end) or _CLOCK.match(text, at, end):
                return line_end + 1
        line = (
            own_line_end(text, content.start(), end)
            if rule.short and not heading.own_line
            else None
        )
        if line is not None:
            return line
        blank = _BLANK.search(text, content.start(), end)
        return blank.end() if blank and text[blank.end() : end].strip() else end

    def _canonical(self, heading: Heading) -> str | None:
        if heading.name is None:
            return None
        return "description" if self._rules[heading.name].phase else heading.name

    def _of_line(self, text: str, start: int, end: int, *, spoken: bool) -> list[Heading]:
        line = text[start:end]
        bare = line.strip(_EDGES)
        if not bare:
            return []
        lead = _LEAD.match(line)
        offset = lead.end() if lead else 0
        title = line[offset:].strip(MARKS)
        if len(title) <= LONGEST_HEADING:
            counted = self._counted.sub("", title)
            whole = self._names.lookup(title, key=may_hold_key(title)) or (
                self._names.lookup(counted) if counted != title else None
            )
            if whole:
                return [self._heading(start, end, whole, own_line=True)]
        keys = self._keys(line, start, offset)
        if spoken and not keys:
            keys = list(self._said(line, start))
        if keys:
            return keys
        begun = section_begun(bare, self._begins)
        if begun:
            return [self._heading(start, end, begun, own_line=True)]
        copied = self._copied.match(line)
        if copied:
            opened, after = copied
            return [self._heading(start, start + after, opened, own_line=after == len(line))]
        run_in = _RUN_IN.match(line, offset)
        if run_in:
            name = self._names.lookup(run_in.group(1))
            if name:
                heading = self._heading(
                    start + run_in.start(), start + run_in.end(), name, own_line=False
                )
                return [replace(heading, run_in=True)]
        return self._unknown(text, bare, start, end)

    def _keys(self, line: str, start: int, offset: int) -> list[Heading]:
        """Return the known keys of a line, at its beginning or behind a full stop or a gap."""
        keys: list[Heading] = []
        for match in keys_in(line):
            name = self._names.lookup(match.group(1).strip(MARKS), key=True)
            if name is None and match.start() == 0 and offset:
                name = self._names.lookup(_LEAD.sub("", match.group(1)).strip(MARKS), key=True)
            begin, title = match.start(), match.group(1)
            if name is None and match.start() == 0:  # "Added March 1: ..."
                name = section_begun(title.strip(MARKS), self._begins)
            if name is None and (stop := last_stop(title)):
                begin, title = match.start(1) + stop, title[stop:]
                name = self._names.lookup(title.strip(MARKS), key=True)
            mark = line[match.end(1) : match.end()]
            if name and begin and line[match.end() : match.end() + 1] in _QUOTES:
                continue  # 'Attending: "five and a half of bone"' tells who spoke
            if name and mark[:1] == ")" and "(" in match.group():
                continue  # what stands in brackets heads nothing
            if name and mark.strip() == "-" and self._rules[name].phase:
                continue  # "MICROSURGERY - BRIEF DICTATION" is a title
            if name and name == "description" and line[:begin].endswith("\t"):
                continue  # a second column: "Recipient artery:  ulnar  Technique:  end to side"
            if name and (begin == 0 or is_key(title, mark)):
                keys.append(self._heading(start + begin, start + match.end(), name, own_line=False))
        return keys

    def _said(self, line: str, start: int) -> Iterator[Heading]:
        """Yield the headings of a line that a dictation calls headings ("next heading, indication.")."""
        for match in self._spoken.finditer(line):
            name = self._names.lookup(match.group(1), key=True)
            if name:
                yield self._heading(start + match.start(), start + match.end(), name, own_line=True)

    def _unknown(self, text: str, bare: str, start: int, end: int) -> list[Heading]:
        """Take a line that looks like a heading for one, and guess its section from its words."""
        line = text[start:end]
        if _BULLET.match(line) and not (bare.isupper() or line.rstrip(" *_").endswith(":")):
            return []  # "- Deep plantar branch is tied" tells a step
        title = _LEAD.sub("", bare, count=1)
        is_short = len(bare) <= LONGEST_HEADING and self._no_title.search(title) is None
        if not (is_short and looks_like_title(text, bare, start, end)):
            run_in = _SHOUTED_KEY.match(line)
            if not run_in:
                return []
            name = self._names.guess(run_in.group(1))
            if name is None:
                return []
            key = self._heading(start, start + run_in.end(), name, own_line=False)
            return [replace(key, is_label=True)]
        name = self._names.guess(bare)
        return (
            [self._heading(start, end, name, own_line=True)]
            if name or not line.lstrip().startswith(("-", "*  ", "•"))
            else []
        )

    def _heading(self, start: int, end: int, name: str | None, *, own_line: bool) -> Heading:
        rule = self._rules.get(name) if name else None
        return Heading(
            start, end, name, rule.phase if rule else None, rule.frame if rule else None, own_line
        )


def _booked_apart(text: str, headings: list[Heading], words: IntendedTitles) -> list[Heading]:
    """Return the headings with those inside a part that says what was booked replaced by one of a plan."""
    for (start, end, after), done_end in booked_parts(text, words):
        headings = [
            *(h for h in headings if h.start < start),
            Heading(start, end, words.section, None, None, own_line=True),
            Heading(after, done_end, None, None, None, own_line=True),
            *(h for h in headings if h.start >= done_end),
        ]
    return headings


def _inferred(name: str | None, start: int, end: int) -> Section:
    """Return a section that no heading opens."""
    return Section(name=name, phase=None, start=start, end=end, heading_start=start, inferred=True)


def _title_end(
    text: str, heading: Heading, rule: SectionRule | None, stop: int, verbs: re.Pattern[str]
) -> int | None:
    """Return where the title ends under whose key a whole narrative follows without a heading of its own."""
    if rule is None or rule.told_as is None or heading.own_line:
        return None
    line_end = text.find("\n", heading.end, stop)
    end = stop if line_end < 0 else line_end
    sentence = SENTENCE_END.search(text, heading.end, end)
    if sentence:  # the narrative goes on in the line of the title
        end = sentence.end() - 1
    title = text[heading.end : end].strip()
    is_title = 0 < len(title) <= _LONGEST_ONE_LINE and not (sentence and verbs.search(title))
    if end == stop or not is_title:
        return None
    told = len(SENTENCE_END.findall(text, end, stop)) >= _SENTENCES_OF_A_TELLING
    if not told and stop - heading.end <= _LONGEST_TITLE:
        return None
    return end + 1


def _is_inside_line(text: str, heading: Heading) -> bool:
    """Tell whether words stand before a heading on its line, and behind a colon: its line tells more than one thing."""
    colon = text.rfind(":", 0, heading.start)
    return colon >= 0 and text.find("\n", colon, heading.start) < 0


def _is_key(text: str, at: int) -> bool:
    """Tell whether the next words are a key with its value, or a number of an outline: another field of a form."""
    start = behind_rules(text, at)
    return any(shape.match(text, start) for shape in (KEY_LINE, OUTLINE_NUMBER))


def _indent(text: str, at: int) -> int:
    """Return how far a line is set in that begins at an offset."""
    found = _SET_IN.match(text, at)
    return found.end() - at if found else 0


def _not_within(text: str, headings: list[Heading]) -> Iterator[Heading]:
    """Yield the headings without keys set further in under a part of the operation: "Vessels:" below "Donor work" is of the donor."""
    outer: tuple[int, Heading] | None = None
    seen, indent = 0, _indent(text, 0)
    for heading in headings:
        line = text.rfind("\n", seen, heading.start) + 1
        seen = heading.start
        if line:  # another one than that of the heading before
            indent = _indent(text, line)
        if outer and indent > outer[0] and heading.phase and not heading.own_line:
            continue
        if outer is None or indent <= outer[0]:
            outer = (indent, heading) if heading.own_line and heading.phase else None
        yield heading
