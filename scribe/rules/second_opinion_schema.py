"""Pydantic models of ``second_opinion.yaml``: what the learned second opinion is asked about, and what is said of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scribe.rules.condition_schema import Strict, When


class OpinionWordings(Strict):
    """What is said where the learned second opinion and the answer differ.

    Attributes:
        abstained: The table gives no code, the model would.
        kept: The table suggests a code, the model something else, too weakly to matter.
        held_back: The model holds the table's code back; ``{table}`` names it.
        none: The words for "no code".
        joiner: Stands between open codes.
    """

    abstained: str
    kept: str
    held_back: str
    none: str
    joiner: Annotated[str, Field(alias="or")]


class SecondOpinionFile(Strict):
    """``second_opinion.yaml``: what the learned model is asked about and what it sees.

    Attributes:
        version: Of the features; an artifact that was trained on another one is refused.
        considers: The notes that the model is asked about; all others are left to the decision table.
        features: One condition a feature, judged for each code of the pack.
    """

    version: int
    considers: When
    features: Annotated[dict[str, When], Field(min_length=1)]
    wordings: OpinionWordings
