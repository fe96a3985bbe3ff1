"""How statements are meant where no heading says so: title, history, today or plan.

A dictation without headings still tells its story in order; status and role depend on where in the story a sentence stands.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scribe.rules.words_schema import TellingWords
    from scribe.types.mention import Cue, Item, Sentence

_TITLE_WITHIN = 4
_PLACES = ("LIMB", "SITE", "BONE", "MT", "DIGIT")
_PLAN_LAST_SHARE = 0.6
_TITLE_LAST_SHARE = 0.4
_PLAIN_WORK_LEAST = 2
_TITLE_WORK_LEAST = 4
_TITLE_TOLD_LEAST = 2  # of these, sentences with a verb, which no title has
_FIRST_WORDS = 3  # among which the subject of a sentence stands
_LEADING = 4  # words before the verb of "what we did was"
_APPOSED = 12  # words of who tells, between commas
_RUN = 50  # words of a sentence that nobody divided, which may tell of several times
_PARTS = (
    "LIMB",
    "DONOR",
    "RECIP",
    "VESSGEN",
    "FLAP",
    "JN",
)  # which a line may name as a heading does
_SHORT = 9  # words of a sentence that only leads on


def infer_frame(
    items: Sequence[Item],
    cues: Sequence[Cue],
    rules: TellingWords,
    *,
    index: int,
    count: int,
    before: str | None,
) -> str:
    """Return ``title``, ``history``, ``plan`` or ``today`` for a sentence that no heading governs.

    Args:
        items: The sentence's words.
        cues: Its context cues.
        rules: The words of ``patterns/language.yaml`` that tell.
        index: Its position in the note.
        count: How many sentences the note has.
        before: Frame of the sentence before it.
    """
    if index < 2 * _TITLE_WITHIN and any(item.word in rules.diagnosis for item in items):
        return "history"
    if index < _TITLE_WITHIN and _is_title(items, rules, first=index == 0):
        return "title"
    if index < count * _TITLE_LAST_SHARE and (
        _says_title(items, rules) or _names_all(items, rules)
    ):
        return "title"
    categories = {cue.category for cue in cues}
    if index >= count * _PLAN_LAST_SHARE and _plans(items, cues, rules):
        return "plan"
    if "HISTORICAL" in categories and not _works_on_vessels(items):
        runs_on = len(items) >= _RUN and not any(item.word == "," for item in items)
        return "today" if runs_on and begins_work(items, cues, rules) else "history"
    if before == "plan" and index >= count * _PLAN_LAST_SHARE and not is_work(items, rules):
        return "plan"
    if before == "history" and not begins_work(items, cues, rules):
        return "history"
    return "today"


def _works_on_vessels(items: Sequence[Item]) -> bool:
    """Tell whether a sentence has work in it that is this operation's even beside words of an earlier one."""
    if any(item.has("OSTEOT", "SCOPE", "CONFIG", "PEDICLE") for item in items):
        return True
    divided = any(item.has("DIVIDE") for item in items) and any(item.has("LEN") for item in items)
    return divided and any(item.has("ARTERY", "ARTBARE", "VESSGEN") for item in items)


def _says_title(items: Sequence[Item], rules: TellingWords) -> bool:
    """Tell whether a sentence begins by saying that it names the operation ("procedure performed is a free ...")."""
    begins = any(item.word in rules.named for item in items[:2]) or any(
        item.word in rules.told for item in items[:_LEADING]
    )
    flap = any(item.has("FREE", "VASC", "OSTEOCUT") for item in items)
    return begins and flap and any(item.has("FLAP", "GRAFT", "SEG", "BONE", "MT") for item in items)


def _is_title(items: Sequence[Item], rules: TellingWords, *, first: bool) -> bool:
    if _is_verbless_title(items, rules, first=first):
        return True
    words = {item.word for item in items}
    if words & rules.no_title or _tells_harvest(items, rules):
        return False
    names_flap = any(item.has("FREE", "VASC", "OSTEOCUT") for item in items) and any(
        item.has("FLAP", "GRAFT", "SEG", "VASC") for item in items
    )
    return names_flap and bool(words & rules.title)


def _tells_harvest(items: Sequence[Item], rules: TellingWords) -> bool:
    """Tell whether a sentence that does not name itself a title tells how something of a size was raised."""
    if any(item.word in rules.named for item in items):
        return False
    measured = any(item.has("LEN", "SIZE") for item in items)
    return measured and any(item.has("RAISE", "DISSECT", "OSTEOT") for item in items)


def _is_verbless_title(items: Sequence[Item], rules: TellingWords, *, first: bool = False) -> bool:
    """Tell whether an early line names the operation as a title does: what, from where, to where, and no sentence.

    The very first line of a note is one without saying from where or to where. One that ends in a full stop says both, and tells no work.
    """
    if not items or any(item.word in rules.verbs for item in items):
        return False
    named = any(item.has("FREE", "VASC", "OSTEOCUT", "PEDICLED") for item in items)
    tissue = any(item.has("FLAP", "GRAFT", "SEG", "VASC", "BONE", "MT") for item in items)
    going = first or any(item.word in rules.ways for item in items)
    if not (named and tissue and going):
        return False
    return items[-1].word != "." or _leads_somewhere(items, rules)


def _names_all(items: Sequence[Item], rules: TellingWords) -> bool:
    """Tell whether a line further down names the operation, from where and to where ("So, a free fibula graft from leg to jaw")."""
    return _is_verbless_title(items, rules) and _leads_somewhere(items, rules)


def _leads_somewhere(items: Sequence[Item], rules: TellingWords) -> bool:
    """Tell whether a line says from where to where, and nothing of how ("composite flap, right foot to left tibia")."""
    ways = [at for at, item in enumerate(items) if item.word in rules.ways]
    deeds = [item for item in items if not item.has("FLAP")]  # "transfer" names as well as tells
    if not ways or is_work(deeds, rules) or any(item.has("LEN", "SIZE") for item in items):
        return False
    return any(item.has(*_PLACES) for item in items[: ways[-1]]) and any(
        item.has(*_PLACES) for item in items[ways[-1] + 1 :]
    )


def names_risks(items: Sequence[Item], rules: TellingWords) -> bool:
    """Tell whether a sentence lists risks, whose words are no facts."""
    return any(item.word in rules.risks for item in items)


def infer_unnamed(
    items: Sequence[Item],
    cues: Sequence[Cue],
    rules: TellingWords,
    *,
    index: int,
    count: int,
    before: str | None,
    working: bool,
) -> str:
    """Return the frame of a sentence under no known heading in a note that has headings.

    Args:
        items: The sentence's words.
        cues: Its context cues.
        rules: The words of ``patterns/language.yaml`` that tell.
        index: Its position in the note.
        count: How many sentences the note has.
        before: Frame of the sentence before it.
        working: True once the story has reached the operation itself.
    """
    early = index < 2 * _TITLE_WITHIN and not working
    if early and _is_verbless_title(items, rules, first=index == 0):
        return "title"
    categories = {cue.category for cue in cues}
    if index >= count * _PLAN_LAST_SHARE and _plans(items, cues, rules):
        return "plan"
    late = index >= count * _PLAN_LAST_SHARE
    if before == "plan" and late and ("PLANNED" in categories or not is_work(items, rules)):
        return "plan"
    if working or (before == "plan" and late):
        return "today"
    if before == "history" or "HISTORICAL" in categories:
        return (
            "history"
            if before == "history" or not any(item.has("FLAP", "GRAFT") for item in items)
            else "loose"
        )
    return "loose"


def frame_after_break(before: str | None, *, index: int, count: int) -> str | None:
    """Return the frame that a new paragraph goes on from: a plan that was told late in passing ends with its own."""
    return "today" if before == "plan" and index >= count * _PLAN_LAST_SHARE else before


def is_work(items: Sequence[Item], rules: TellingWords) -> bool:
    """Tell whether a sentence tells of something done with the hands."""
    return any(c.tag in rules.all_work for item in items for c in item.concepts)


def _plans(items: Sequence[Item], cues: Sequence[Cue], rules: TellingWords) -> bool:
    """Tell whether a sentence says what is to be done, and not what was foreseen ("CT had predicted ...") or then left undone."""
    if is_work(items, rules):
        return False
    undone = [cue for cue in cues if cue.category == "NEGATED"]
    foreseen = [item for item in items if item.word in rules.foreseen]
    return any(
        cue.category == "PLANNED"
        and not any(item.start < cue.end and item.end > cue.start for item in foreseen)
        and not any(n.start >= cue.end and n.governs(cue.start, cue.end) for n in undone)
        for cue in cues
    )


def _of_today(items: Sequence[Item], cues: Sequence[Cue]) -> Sequence[Item]:
    """Return the words that no cue of another time governs; none of a sentence that has such a cue, unless it goes on and on."""
    others = [cue for cue in cues if cue.category in ("HISTORICAL", "PLANNED")]
    if not others:
        return items
    if len(items) < _RUN:
        return ()
    return [i for i in items if not any(cue.governs(i.start, i.end) for cue in others)]


def is_plain_work(items: Sequence[Item], cues: Sequence[Cue]) -> bool:
    """Tell whether a sentence can only tell of this operation, even under a heading of the history."""
    items = _of_today(items, cues)
    tags = {c.tag for item in items for c in item.concepts}
    named = bool(tags & {"ARTERY", "VEIN"})
    return (
        bool(tags & {"CONFIG", "RELEASE"})
        or ("TOURN" in tags and bool(tags & {"QUANTITY", "MINS", "NUM"}))
        or ("PEDICLE" in tags and "LEN" in tags)
        or ("LEN" in tags and bool(tags & {"MT", "SEG"}) and "LOSS" not in tags)
        or (named and bool(tags & {"DISSECT", "RAISE"}))
        or {"PEDICLE", "DIVIDE"} <= tags
    )


def _is_field(items: Sequence[Item]) -> bool:
    """Tell whether a line is a field of a template about the operation ("10 Donor bone: ...")."""
    return any(item.has("DONOR", "PEDICLE") for item in items[:4]) and any(
        item.word == ":" for item in items[1:6]
    )


def begins_work(items: Sequence[Item], cues: Sequence[Cue], rules: TellingWords) -> bool:
    """Tell whether a sentence tells of the operation itself."""
    items = _of_today(items, cues)
    tags = {c.tag for item in items for c in item.concepts}
    words = {item.word for item in items}
    if tags & rules.work or (items and items[0].has("CLOCK")) or _is_field(items):
        return True
    if tags & {"DISSECT", "RAISE"} and tags & {"ARTERY", "VEIN", "ARTGEN"}:
        return True
    if (
        {"ARTERY", "VEIN"} <= tags
        or ("PEDICLE" in tags and "FLAP" not in tags)
        or ("LEN" in tags and tags & {"MT", "SEG"} and "LOSS" not in tags)
    ):
        return True
    at = next((k for k, item in enumerate(items[:_FIRST_WORDS]) if item.word in rules.own), None)
    if at is not None and _own_deed(items, at, rules):
        return True
    return bool(words & rules.begins) or _turns_to_limb(items, rules)


def _behind_apposition(items: Sequence[Item], at: int) -> Sequence[Item]:
    """Return the words from ``at`` on, without an apposition between commas that says who tells ("I, plastics (A. B.), harvested ...")."""
    if at < len(items) and items[at].word == ",":
        end = next(
            (k for k in range(at + 1, min(at + _APPOSED, len(items))) if items[k].word == ","), at
        )
        return items[end + 1 :]
    return items[at:]


def _own_deed(items: Sequence[Item], at: int, rules: TellingWords) -> bool:
    """Tell whether the surgeon, named at a place, did something ("I put a plate on"), or says what ("what I did is")."""
    said = [item.word for item in _behind_apposition(items, at + 1)[: _FIRST_WORDS - 1]]
    if any(word in rules.own_deeds for word in said):
        return True
    return len(said) > 1 and said[0] in rules.told and said[1] in rules.verbs


def _turns_to_limb(items: Sequence[Item], rules: TellingWords) -> bool:
    """Tell whether a short sentence leads to a limb ("Then to the right foot") or is but a name ("Wrist.", "Right foot, donor.")."""
    limb = any(item.has("LIMB", "DONOR", "RECIP") for item in items)
    label = next((k + 1 for k, i in enumerate(items[:_SHORT]) if i.word == ")"), 0)
    told = items[label:]  # "B. (PLAS) Right groin."
    marks = (".", ":", ")", "(", ",")
    named = [i for i in told if not i.has("NUM", "SIDE") and i.word not in (*marks, *rules.turns)]
    return (0 < len(items) <= _SHORT and items[0].word in rules.turns and limb) or (
        0 < len(named) < len(items) and all(i.has(*_PARTS) for i in named)
    )


def leave_title(sentences: list[Sentence], rules: TellingWords) -> list[Sentence]:
    """Take a title that tells the operation step by step for the description that it is."""
    made = list(sentences)
    at = 0
    while at < len(made):
        end = at
        while (
            end < len(made) and made[end].frame == "title" and made[end].section == made[at].section
        ):
            end += 1
        work = [s for s in made[at:end] if begins_work(s.items, s.cues, rules)]
        told = sum(
            any(not rules.verbs.isdisjoint(item.word.split("_")) for item in s.items) for s in work
        )
        if len(work) >= _TITLE_WORK_LEAST or told >= _TITLE_TOLD_LEAST:
            for k in range(at, end):
                made[k] = replace(made[k], frame="today", section="description")
        at = max(end, at + 1)
    return made


def leave_flashback(sentences: Sequence[Sentence], rules: TellingWords) -> list[Sentence]:
    """Let the next paragraph go on with the operation where one that looks back stands in the middle of it."""
    made = list(sentences)
    working = False
    for at, sentence in enumerate(made):
        if sentence.frame == "today":
            working = working or begins_work(sentence.items, sentence.cues, rules)
        elif working and sentence.frame == "history" and at and not _of_other_times(sentence):
            before = made[at - 1]
            goes_on = before.frame == "today" and before.paragraph == sentence.paragraph
            if sentence.paragraph != before.paragraph or goes_on:
                made[at] = replace(sentence, frame="today", section="description")
    return made


def _of_other_times(sentence: Sentence) -> bool:
    return any(cue.category in ("HISTORICAL", "PLANNED") for cue in sentence.cues)


def leave_diagnosis(sentences: Sequence[Sentence], closed: Collection[str]) -> list[Sentence]:
    """Let the operation begin with its paragraph, where nothing but a diagnosis stands before it.

    What follows a diagnosis is taken for the history up to the first work. Words of that very paragraph which no cue calls earlier
    tell of the operation, too: "Dx: nonunion. / From the right foot 6 cm of metatarsal were brought; the artery was joined ...".

    Args:
        sentences: Of the note.
        closed: Sections that end with their own words, whether a heading follows or not.
    """
    made = list(sentences)
    for at, (before, first) in enumerate(pairwise(sentences), start=1):
        if before.section not in closed or first.section in closed or first.frame != "history":
            continue
        told = [*takewhile(lambda k: sentences[k].frame == "history", range(at, len(made)))]
        after = told[-1] + 1
        if after == len(made) or sentences[after].frame != "today":
            continue
        for k in told:
            each = sentences[k]
            if each.paragraph == sentences[after].paragraph and not _is_earlier(each):
                made[k] = replace(each, frame="today", section=sentences[after].section)
    return made


def _is_earlier(sentence: Sentence) -> bool:
    return any(cue.category == "HISTORICAL" for cue in sentence.cues)


def leave_history(sentences: list[Sentence], settled: Collection[str] = ()) -> tuple[Sentence, ...]:
    """Let the operation begin where it is plainly told, even though no heading says so; never in one of the settled sections."""
    made = list(sentences)
    at = 0
    while at < len(made):
        end = at
        while (
            end < len(made)
            and made[end].frame == "history"
            and made[end].section == made[at].section
        ):
            end += 1
        is_open = made[at].section not in settled
        work = [k for k in range(at, end) if is_open and is_plain_work(made[k].items, made[k].cues)]
        later = work[_PLAIN_WORK_LEAST - 1 :]
        start = next((k for k, other in zip(work, later, strict=False) if other < k + 5), None)
        if start is not None:
            for k in range(start, end):
                made[k] = replace(made[k], frame="today", section="description")
        at = max(end, at + 1)
    return tuple(made)
