"""Judge which place of a note names the bone that was taken, and which the bone or region that receives it.

Two logistic regressions over the words round each place, for notes whose words outrun the rules. Extraction asks them
(``scribe/extract/sites.py``); from when on they count stands in ``patterns/facts/donor.site.yaml`` and ``recipient.site.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scribe.suggest.numbers import Logistic, Numbers, read_numbers
from scribe.suggest.reader.features import Surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scribe.suggest.numbers import Features
    from scribe.types.analysis import Stamp
    from scribe.types.mention import ParsedNote
    from scribe.types.site import NamedPlace

FEATURES: Final = 1
"""Version of what ``place_features`` returns; raise it with every change there, and train again."""


class SiteNumbers(Numbers):
    """Everything that the judge's answer depends on.

    Attributes:
        donor: Whether a place names the bone that was taken.
        recipient: Whether a place names what receives it.
    """

    donor: Logistic
    recipient: Logistic

    def answers(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability that a place names the donor, and the recipient, from its features."""
        return {
            "donor": self.donor.probability(features),
            "recipient": self.recipient.probability(features),
        }


class LearnedSiteJudge:
    """Says of each place of a note how probable it names the donor, or the recipient."""

    def __init__(self, numbers: SiteNumbers, stamp: Stamp | None = None) -> None:
        """Take the numbers as they are, and what an analysis calls them."""
        self.numbers = numbers
        self.stamp = stamp

    def donors(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> list[float]:
        """Return for each place, in their order, the probability that its bone was taken."""
        judge = self.numbers.donor
        return [judge.probability(features) for features in place_features(parsed, places)]

    def recipients(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> list[float]:
        """Return for each place, in their order, the probability that it receives the flap."""
        judge = self.numbers.recipient
        return [judge.probability(features) for features in place_features(parsed, places)]


def place_features(parsed: ParsedNote, places: Sequence[NamedPlace]) -> list[Features]:
    """Return what is seen of each place: the words, tags and cues around it, and what the rules know of the donor; not its name."""
    around = Surroundings(parsed)
    return [
        {
            **around.place(parsed.sentences[place.sentence], place.item, place.tag),
            f"status={place.status}": 1.0,
            f"given={place.given}": 1.0,
            f"donor={place.donor}": 1.0,
            f"grafted={place.grafted}": 1.0,
            f"ruled={min(round(place.ruled), 3)}": 1.0,
        }
        for place in places
    ]


def load_site_judge(folder: Path) -> LearnedSiteJudge:
    """Load a stored judge of sites.

    Args:
        folder: Holds its manifest and its weights.

    Raises:
        ModelError: Something is missing or damaged, or the model was trained on other features.
    """
    return LearnedSiteJudge(*read_numbers(folder, SiteNumbers, FEATURES, "the judge of sites"))
