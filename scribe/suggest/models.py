"""The learned models that stand beside the rules, as one value: an analysis does without any that is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scribe.resources import model_folder
from scribe.suggest.arbiter import Arbiter, load_arbiter
from scribe.suggest.fact_confidence import FactConfidence, load_fact_confidence
from scribe.suggest.gap_judge import GapJudge, load_gap_judge
from scribe.suggest.reader.second_reader import SecondReader, load_second_reader
from scribe.suggest.second_opinion import SecondOpinion, load_second_opinion
from scribe.suggest.site_judge import LearnedSiteJudge, load_site_judge
from scribe.suggest.skin_judge import SkinJudge, load_skin_judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scribe.rules.pack import RulePack
    from scribe.types.analysis import Stamp

PARTS: Final = (
    "site_judge",
    "fact_confidence",
    "skin_judge",
    "second_reader",
    "gap_judge",
    "arbiter",
    "second_opinion",
)
"""In the order in which an analysis asks them: each sees what those before it made of the note, so each is trained after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """Learned models, all of them optional.

    Attributes:
        site_judge: Judges which place gives the bone and which receives it.
        fact_confidence: Says how probable each fact is right.
        skin_judge: Judges what became of skin.
        second_reader: Adds facts that no rule gave.
        gap_judge: Judges whether an item that is short is really not told.
        arbiter: Weighs everything that was read, where signs disagree.
        second_opinion: Judges the codes beside the decision table.
    """

    site_judge: LearnedSiteJudge | None = None
    fact_confidence: FactConfidence | None = None
    skin_judge: SkinJudge | None = None
    second_reader: SecondReader | None = None
    gap_judge: GapJudge | None = None
    arbiter: Arbiter | None = None
    second_opinion: SecondOpinion | None = None

    @property
    def stamps(self) -> dict[str, Stamp]:
        """Version and hash of each model that was loaded, by its key in the ``engine`` of a result; one that is only tried has none."""
        parts = {
            "model": self.second_opinion,
            "fact_confidence": self.fact_confidence,
            "second_reader": self.second_reader,
            "skin_judge": self.skin_judge,
            "site_judge": self.site_judge,
            "gap_judge": self.gap_judge,
            "arbiter": self.arbiter,
        }
        return {name: part.stamp for name, part in parts.items() if part and part.stamp}


def load_models(pack: RulePack, parts: Iterable[str] = PARTS) -> Models:
    """Load the models that come with scribe.

    Args:
        pack: The rules that say what the models see and when they are asked.
        parts: Names of those that are wanted, of ``PARTS``.

    Raises:
        ModelError: One is missing or damaged, or was trained on other features.
    """
    load: dict[str, Callable[[], Any]] = {
        "site_judge": lambda: load_site_judge(model_folder("site_judge")),
        "fact_confidence": lambda: load_fact_confidence(model_folder("fact_confidence")),
        "skin_judge": lambda: load_skin_judge(model_folder("skin_judge"), pack.skin_judge),
        "second_reader": lambda: load_second_reader(
            model_folder("second_reader"), pack.second_reader
        ),
        "gap_judge": lambda: load_gap_judge(model_folder("gap_judge"), pack.gap_judge),
        "arbiter": lambda: load_arbiter(model_folder("arbiter"), pack.arbiter),
        "second_opinion": lambda: load_second_opinion(model_folder("code_suggester"), pack),
    }
    return Models(**{name: load[name]() for name in parts})
