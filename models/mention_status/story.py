"""A story that asks somebody else how a place asserts what it says, and an extractor that begins with it.

Nothing of scribe is changed for it: the rules run as they are, and each of their questions passes through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from scribe.extract.engine import Extractor
from scribe.extract.patterns import TagIndex, View
from scribe.extract.story import Story

if TYPE_CHECKING:
    from collections.abc import Collection

    from scribe.extract.candidate import Candidate
    from scribe.rules.language import FactRule, Language
    from scribe.types.fact import Status
    from scribe.types.mention import ParsedNote, Sentence
    from scribe.types.site import SiteJudge


class Question(NamedTuple):
    """A place whose status the rules ask for, and what they answer: None where they drop it."""

    sentence: int
    start: int
    end: int
    rules: Status | None


class Judge(Protocol):
    """Whoever is asked for the status of a place, and may prepare a story."""

    def begin(self, story: Story) -> None:
        """Look at a note before anything is found in it."""

    def status(self, story: Story, question: Question) -> Status | None:
        """Return the status of a place, or None where it says nothing."""


class AskingStory(Story):
    """A story whose statuses are another judge's."""

    def __init__(
        self,
        parsed: ParsedNote,
        language: Language,
        judge: Judge,
        sites: SiteJudge | None = None,
    ) -> None:
        """Begin a note."""
        views = tuple(View(s) for s in parsed.sentences)
        super().__init__(
            parsed=parsed, language=language, views=views, index=TagIndex(views), sites=sites
        )
        self.judge = judge
        self.questions: list[Question] = []
        self.told: list[tuple[Candidate, Question]] = []

    def status(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        frames: Collection[str],
        ignore: Collection[str] = (),
    ) -> Status | None:
        """Return what the judge says, who knows what the rules say."""
        rules = super().status(sentence, start, end, frames, ignore)
        question = Question(sentence.index, start, end, rules)
        self.questions.append(question)
        return self.judge.status(self, question)

    def add(self, rule: FactRule, *more: Any, **others: Any) -> None:
        """Add a place that says a fact, and remember by which question."""
        super().add(rule, *more, **others)
        made = self.candidates[-1]
        asked = [q for q in self.questions if q.sentence == made.sentence]
        within = [q for q in asked if q.start < made.end and q.end > made.start]
        if within:
            self.told.append((made, within[-1]))


class AskingExtractor(Extractor):
    """An extractor whose stories ask a judge."""

    def __init__(self, language: Language, judge: Judge) -> None:
        """Compile the rules."""
        super().__init__(language)
        self.judge = judge

    def begin(self, parsed: ParsedNote, sites: SiteJudge | None = None) -> AskingStory:
        """Return a story that asks the judge."""
        story = AskingStory(parsed, self._language, self.judge, sites)
        self.judge.begin(story)
        return story


class Everything:
    """A judge for whom every place that a rule looks at is asserted: what comes out are all candidates, before any status."""

    def __init__(self, present: Status) -> None:
        """Take the status that all places get."""
        self._present = present

    def begin(self, story: Story) -> None:
        """Prepare nothing."""

    def status(self, story: Story, question: Question) -> Status | None:  # noqa: ARG002
        """Return the one status."""
        return self._present
