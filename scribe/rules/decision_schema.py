"""Pydantic models of the decision table."""

from __future__ import annotations

from scribe.rules.condition_schema import Share, Sources, Strict, Texts, When
from scribe.types.suggestion import Decision


class Wording(Strict):
    """One wording of a reason with the facts that it rests on."""

    when: When
    text: str


class CodeChoice(Strict):
    """Names a code without its number: the code of the documented donor, with or without skin.

    In a list of open codes, ``when`` must hold and ``unless`` must not.
    """

    skin: bool
    when: When | None = None
    unless: When | None = None


class DecisionRow(Strict):
    """One row of the decision table; rows are tried in order and the first that holds decides.

    Attributes:
        id: Equal to the row of the domain facts where there is one.
        covers: Further rows of the domain facts that this one decides.
        code: The suggested code, for ``suggest``.
        open: The open codes of a ``query``, first the one whose checklist applies.
        every_donor: True where the donor itself is open, so that the codes of all documented donors are named.
        reasons: Ids of reasons, in the order of the rationale.
        abstention: Why no code is given.
        neighbours: Codes outside the family to look at.
        counterfactual: What the note would have to document for another answer, worded as a fact about the note.
    """

    id: str
    title: str
    covers: tuple[str, ...] = ()
    when: When
    decision: Decision
    code: CodeChoice | None = None
    open: tuple[CodeChoice, ...] = ()
    every_donor: bool = False
    confidence: Share
    reasons: tuple[str, ...] = ()
    abstention: str | None = None
    neighbours: tuple[str, ...] = ()
    counterfactual: str | None = None
    sources: Sources


class Remark(Strict):
    """A further sentence of the rationale that changes no decision."""

    id: str
    when: When
    decisions: tuple[Decision, ...]
    text: str
    sources: Sources


class Calibration(Strict):
    """How a decision becomes probabilities where no learned model was asked.

    Attributes:
        gap_step: What each short required item takes from the confidence of a suggestion.
        gap_limit: The most that gaps take.
        twin_share: Share of the remainder that the code of the same donor with the other skin state gets.
        none_share: Share of the remainder that "none" gets; the other codes share the rest.
        first_share: Share of a query's confidence that its first open code gets; the other open codes share the rest.
    """

    gap_step: Share
    gap_limit: Share
    twin_share: Share
    none_share: Share
    first_share: Share


class SupportRules(Strict):
    """When the documentation carries a code: tried in this order, else supported or gaps by its items."""

    not_supported: When
    contradicted: When


class DecisionsFile(Strict):
    """``decisions.yaml``: the decision table and what belongs to it.

    Attributes:
        donor_facts: Names of the facts and signals whose value is the donor, the first that is documented counts.
    """

    donor_facts: Texts
    reasons: dict[str, tuple[Wording, ...]]
    rows: tuple[DecisionRow, ...]
    remarks: tuple[Remark, ...] = ()
    support: SupportRules
    calibration: Calibration
