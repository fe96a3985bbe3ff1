"""What extraction knows of the whole operation: who gives, who receives, and when blood began to flow.

Roles are told by what is done to a bone or vessel, never by its name alone;
later kinds of facts lean on the roles that earlier kinds found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scribe.extract.candidate import Candidate
from scribe.extract.gate import NO_CHANCES, Chances
from scribe.extract.owners import Owned
from scribe.extract.patterns import TagIndex, View
from scribe.extract.status import DOUBT_PAST, resolve_status
from scribe.rules.language import FactRule, Language
from scribe.types.fact import Status
from scribe.types.mention import UNANSWERED, ParsedNote, Placeholder, Sentence
from scribe.types.site import SiteJudge

if TYPE_CHECKING:
    from collections.abc import Collection

_MOVED = frozenset({"FLAP", "GRAFT", "SEG"})
_HARVEST = frozenset({"RAISE", "DIVIDE", "OSTEOT", "DISSECT", "DESIGN"})
_HARVESTED = frozenset(
    {*_MOVED, "BONEWORD", "INSET", "VASC", "PADDLE", "MT", "BONE", "PEDICLE", "VESSGEN"}
)
DONOR = "donor"
RECIPIENT = "recipient"


@dataclass
class Story:
    """The note with what has been understood so far.

    Attributes:
        parsed: The note in sentences.
        language: The rules of the pack.
        views: One view a sentence.
        index: The sentences by what they hold.
        chances: The patterns that may match, and where.
        sites: Judges which place gives the bone and which receives it; None where the rules read alone.
        donor: Canonical donor bones, best first.
        donor_regions: Where the donor is in the body.
        donor_rays: Numbers of the metatarsals that are given.
        recipient: Canonical recipient sites, best first.
        recipient_regions: Where the recipient is.
        donor_items: (sentence, item) of each bone word that is the donor, with the weight of what tells so.
        donor_fact: Name of the fact that tells the donor.
        earlier_items: (sentence, item) of each bone word that was the donor of an earlier operation.
        recipient_items: (sentence, item) of each bone word that is the recipient.
        recipient_vessels: (sentence, item) of each vessel that another was joined to.
        focus: For each sentence the limb that is being worked on, ``donor``, ``recipient`` or None.
        joined_at: Offset of the first join of vessels, or None.
        released_at: Offset at which the clamps came off, or None.
        divided_at: Offset at which the pedicle is divided, or None.
        candidates: Everything found so far.
        barred: (sentence, item) of each word that cannot be a fact, by the name of the fact.
        barred_wholly: Those of them that do not deny the fact either.
        attached: The measures of a sentence and what they belong to, by sentence and rivals.
    """

    parsed: ParsedNote
    language: Language
    views: tuple[View, ...]
    index: TagIndex
    chances: Chances = NO_CHANCES
    sites: SiteJudge | None = None
    donor: tuple[str, ...] = ()
    donor_regions: frozenset[str] = frozenset()
    recipient: tuple[str, ...] = ()
    recipient_regions: frozenset[str] = frozenset()
    donor_fact: str = ""
    donor_rays: set[int] = field(default_factory=set)
    donor_items: dict[tuple[int, int], float] = field(default_factory=dict)
    earlier_items: set[tuple[int, int]] = field(default_factory=set)
    recipient_items: set[tuple[int, int]] = field(default_factory=set)
    recipient_vessels: set[tuple[int, int]] = field(default_factory=set)
    focus: list[str | None] = field(default_factory=list)
    sides: dict[str, set[str]] = field(default_factory=dict)
    joined_at: int | None = None
    divided_at: int | None = None
    released_at: int | None = None
    candidates: list[Candidate] = field(default_factory=list)
    barred: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    barred_wholly: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    attached: dict[tuple[int, tuple[str, ...]], list[Owned]] = field(default_factory=dict)

    @cached_property
    def tells_free_bone(self) -> bool:
        """Whether the note speaks of bone that is moved with its vessels, from wherever it came."""
        return any(
            ("VASC" in view.tags or ("FREE" in view.tags and view.tags & _MOVED))
            and view.sentence.frame in ("title", "today", "loose")
            for view in self.views
        )

    @cached_property
    def last_of_harvest(self) -> int:
        """The last sentence that raises or cuts the flap: where no join is told, its blood flows behind it at the earliest."""
        harvest = [
            view.sentence.index
            for view in self.views
            if view.sentence.frame in ("today", "loose")
            and not view.tags.isdisjoint(_HARVEST)
            and not view.tags.isdisjoint(_HARVESTED)
        ]
        return max(harvest, default=len(self.views))

    @cached_property
    def tells_soft_flap(self) -> bool:
        """Whether a flap without bone is told of this operation."""
        return any(
            "SOFTFLAP" in view.tags and view.sentence.frame in ("today", "loose", "title")
            for view in self.views
        )

    @cached_property
    def skin_told_at(self) -> int:
        """The first sentence of the operation that tells of skin which is neither lost nor grafted; behind the last where there is none."""
        return next(
            (
                view.sentence.index
                for view in self.views
                if view.tags & {"PADDLE", "SKIN"}
                and not view.tags & {"LOSS", "STSG"}
                and view.sentence.frame in ("today", "loose")
            ),
            len(self.views),
        )

    @cached_property
    def paddle_told_at(self) -> int:
        """The first sentence of this operation that tells of a paddle; behind the last where there is none."""
        return next(
            (
                view.sentence.index
                for view in self.views
                if "PADDLE" in view.tags and view.sentence.frame in ("today", "loose", "title")
            ),
            len(self.views),
        )

    def status(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        frames: Collection[str],
        ignore: Collection[str] = (),
    ) -> Status | None:
        """Return how a place of the note asserts what it says."""
        return resolve_status(
            sentence,
            start,
            end,
            frames=frames,
            statuses=self.language.context.statuses,
            placeholders=self._open_text[sentence.index],
            ignore=ignore,
        )

    @cached_property
    def _open_text(self) -> list[tuple[Placeholder, ...]]:
        """The open text that can concern each sentence: what begins at most a little behind it, and ends within or behind it."""
        waiting = sorted(self.parsed.placeholders, key=lambda place: place.start, reverse=True)
        near: list[Placeholder] = []
        by_sentence = []
        for view in self.views:
            sentence = view.sentence
            while waiting and waiting[-1].start <= sentence.end + DOUBT_PAST:
                near.append(waiting.pop())
            near = [place for place in near if place.end > sentence.start]
            by_sentence.append(tuple(near))
        return by_sentence

    def span(self, sentence: int, first: int, after: int) -> tuple[int, int]:
        """Return the offsets of a stretch of items."""
        items = self.views[sentence].sentence.items
        return items[first].start, items[after - 1].end

    def is_barred(self, name: str, sentence: int, first: int, after: int | None = None) -> bool:
        """Tell whether a word, or one of a stretch of words, cannot be what a fact looks for."""
        return _holds_one(self.barred.get(name), sentence, first, after)

    def is_barred_wholly(self, name: str, sentence: int, first: int, after: int) -> bool:
        """Tell whether one of a stretch of words neither is what a fact looks for nor denies it."""
        return _holds_one(self.barred_wholly.get(name), sentence, first, after)

    def is_open(self, sentence: int, first: int, after: int) -> bool:
        """Tell whether a stretch of items holds part of a choice that nobody made, or of a label that nobody answered."""
        start, end = self.span(sentence, first, after)
        if any(
            cue.rule == UNANSWERED and cue.governs(start, end)
            for cue in self.views[sentence].sentence.cues
        ):
            return True
        return any(
            place.kind == "choice" and place.start < end and start < place.end
            for place in self._open_text[sentence]
        )

    def has(self, name: str, status: Status = Status.PRESENT) -> bool:
        """Tell whether a fact has been found with a status."""
        return any(c.name == name and c.status is status for c in self.candidates)

    def add(
        self,
        rule: FactRule,
        rule_id: str,
        value: object,
        status: Status,
        sentence: int,
        span: tuple[int, int],
        confidence: float,
        qualifiers: tuple[str, ...] = (),
    ) -> None:
        """Add one place that says a fact."""
        self.candidates.append(
            Candidate(
                name=rule.name,
                value=value,  # type: ignore[arg-type]
                status=status,
                confidence=confidence,
                start=span[0],
                end=span[1],
                rule=rule_id,
                sentence=sentence,
                qualifiers=qualifiers,
            )
        )


def _holds_one(
    places: Collection[tuple[int, int]] | None, sentence: int, first: int, after: int | None
) -> bool:
    if not places:
        return False
    return any((sentence, at) in places for at in range(first, after or first + 1))
