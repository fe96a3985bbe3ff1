"""An analyzer that asks the learned status of mentions: alone, or beside the rules with a veto and a rescue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.mention_status.mentions import ELSEWHERE, mention_features
from models.mention_status.roles import RoleJudge
from models.mention_status.story import AskingExtractor, Question
from scribe.pipeline import Analyzer
from scribe.types.fact import Status

if TYPE_CHECKING:
    from models.mention_status.learner import Chances, StatusModel
    from scribe.extract.story import Story
    from scribe.rules.pack import RulePack


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a model may do beside the rules.

    Attributes:
        veto: A place that the rules call present, and that the model finds less probably so, is called uncertain; 0 is never.
        rescue: A place that they do not call present, and that it finds at least so probably present, is called so; above 1 is never.
        alone: The rules are not heard at all.
    """

    veto: float = 0.0
    rescue: float = 2.0
    alone: bool = False


RULES_ALONE = Policy()
MODEL_ALONE = Policy(alone=True)


class LearnedJudge:
    """Answers the rules' questions for a status with a model and a policy; without a model as the rules do."""

    def __init__(self) -> None:
        """Begin without a model."""
        self.model: StatusModel | None = None
        self.policy = RULES_ALONE

    def begin(self, story: Story) -> None:
        """Prepare nothing."""

    def status(self, story: Story, question: Question) -> Status | None:
        """Return the status of a place, or None where it says nothing."""
        if self.model is None or self.policy == RULES_ALONE:
            return question.rules
        chances = self.model.chances([mention_features(story, question)])[0]
        return decide(question.rules, chances, self.policy)


def decide(rules: Status | None, chances: Chances, policy: Policy) -> Status | None:
    """Return what comes of the rules' answer and the model's."""
    if policy.alone:
        best = max(chances, key=lambda each: chances[each])
        return None if best == ELSEWHERE else Status(best)
    present = chances[Status.PRESENT]
    if rules is Status.PRESENT:
        return Status.UNCERTAIN if present < policy.veto else rules
    return Status.PRESENT if present >= policy.rescue else rules


class StatusTrial(Analyzer):
    """An analyzer whose extractor asks such a judge."""

    extractor: AskingExtractor

    def __init__(self, pack: RulePack) -> None:
        """Build it; the learned parts that scribe ships are in it, as a user has them."""
        super().__init__(pack)
        self.judge = LearnedJudge()
        self.extractor = AskingExtractor(pack.language, self.judge)


class RoleTrial(Analyzer):
    """An analyzer whose stories begin with learned roles."""

    extractor: AskingExtractor

    def __init__(self, pack: RulePack) -> None:
        """Build it; the learned parts that scribe ships are in it, as a user has them."""
        super().__init__(pack)
        self.judge = RoleJudge()
        self.extractor = AskingExtractor(pack.language, self.judge)
