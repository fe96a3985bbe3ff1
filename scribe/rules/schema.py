"""Pydantic models of codes, requirements, findings, billing and what they share; the other kinds have modules of their own.

Each model is one file or a part of one. They are frozen, and they stand for the rules as loaded: there is no second set of classes.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, RootModel

from scribe.rules.condition_schema import RuleStatus, Share, Sources, Strict, Texts, When
from scribe.types.checklist import ItemStatus
from scribe.types.finding import Severity
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from scribe.types.condition import Scalar


class Level(StrEnum):
    """How strongly a code asks for an item."""

    REQUIRED = "required"
    DERIVED = "derived"
    OPTIONAL = "optional"


class Validity(Strict):
    """Dates of service for which a rule holds, both included; no ``to`` means until further notice."""

    start: Annotated[date, Field(alias="from")]
    to: date | None = None


class Credit(Strict):
    """What a status of an item is worth in a score."""

    met: Share
    partial: Share


class PackFile(Strict):
    """``pack.yaml``: what the pack is, and the settings that all rules share."""

    version: str
    code_year: int
    valid: Validity
    wording: str
    title_sections: tuple[str, ...]
    weights: dict[Level, int]
    credit: Credit
    payment_words: tuple[str, ...]
    leading_words: tuple[str, ...]
    closing_options: tuple[str, ...]


class Source(Strict):
    """Where a rule comes from."""

    citation: str
    link: str | None = None
    read: date


class Case(Strict):
    """One way to judge an item: the condition and the sentence that says why.

    ``why`` lists wordings; the first whose placeholders can be filled is taken, so the last one stands without any.
    """

    when: When | None = None
    why: Texts


class Blank(Strict):
    """A labelled blank of the addendum draft, left out when ``unless`` holds."""

    label: str
    unless: When | None = None


class Requirement(Strict):
    """``requirements/<id>.yaml``: one item of a checklist.

    The first case that holds decides, in this order: not applicable, contradicted, met, partial, missing.

    Attributes:
        id: Equal to the stem of the file.
        label: What it asks for.
        recommended: True for what is good practice only; it never raises a finding.
        severity: Of the finding when it is missing; partial is one step less.
        planned: When this holds beside ``missing``, the item was only planned.
        planned_message: The sentence for that finding.
        query: Id of the question to the surgeon.
        addendum: Blanks for the addendum draft.
    """

    id: str
    label: str
    status: RuleStatus = RuleStatus.STABLE
    recommended: bool = False
    severity: Severity
    not_applicable: tuple[Case, ...] = ()
    contradicted: tuple[Case, ...] = ()
    met: Annotated[tuple[Case, ...], Field(min_length=1)]
    partial: tuple[Case, ...] = ()
    missing: Annotated[tuple[Case, ...], Field(min_length=1)]
    planned: When | None = None
    planned_message: str | None = None
    query: str | None = None
    addendum: tuple[Blank, ...] = ()
    sources: Sources

    @cached_property
    def cases(self) -> tuple[tuple[ItemStatus, Case], ...]:
        """The cases in the order in which they are asked, each with the status that it gives."""
        groups = (
            (ItemStatus.NOT_APPLICABLE, self.not_applicable),
            (ItemStatus.CONTRADICTED, self.contradicted),
            (ItemStatus.MET, self.met),
            (ItemStatus.PARTIAL, self.partial),
            (ItemStatus.MISSING, self.missing),
        )
        return tuple((status, case) for status, cases in groups for case in cases)

    @cached_property
    def names_donor(self) -> bool:
        """Whether a wording names the donor of the code, so that it differs from code to code."""
        return any(f"{{{DONOR_LABEL}" in text for _, case in self.cases for text in case.why)


DONOR_LABEL = "donor.label"
"""Placeholder of a wording that stands for how a code names its donor."""


class Donor(Strict):
    """Which donors a code takes: the listed sites, or all but the excluded ones.

    Attributes:
        sites: Accepted values of the donor fact; empty for "another bone".
        excludes: Values that the code does not take.
        number: True when the bone has a number that must be given.
        label: How a sentence names the donor.
    """

    sites: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    number: bool = False
    label: str


class Rvu(Strict):
    """Relative value units of one file year."""

    total: float
    work: float | None = None
    year: int
    source: str


class Payment(Strict):
    """National physician payment of one file year."""

    usd: float
    conversion_factor: float
    year: int
    source: str


class Ask(Strict):
    """How strongly a code asks for an item, and which sources say so."""

    level: Level
    sources: tuple[str, ...] = ()


class CodeSpec(Strict):
    """``codes/<code>.yaml``: one CPT code in our own words.

    Attributes:
        skin: Whether skin travels with the bone.
        twin: The code of the same donor with the other skin state, if there is one.
        asks: Items in the order of the checklist, with how strongly each is asked for.
        neighbours: Codes a coder may confuse it with.
    """

    code: Annotated[str, Field(pattern=r"^\d{5}$")]
    title: str
    status: RuleStatus = RuleStatus.STABLE
    donor: Donor
    skin: bool
    twin: str | None
    asks: dict[str, Level | Ask]
    neighbours: dict[str, str]
    global_days: int
    rvu: Rvu
    payment: Payment
    valid: Validity
    sources: Sources

    def level(self, item: str) -> Level:
        """Return how strongly the code asks for an item."""
        ask = self.asks[item]
        return ask.level if isinstance(ask, Ask) else ask

    def fields(self) -> dict[str, tuple[Scalar, ...]]:
        """Return what a condition may name as ``$...``."""
        return {
            "code": (self.code,),
            "skin": (self.skin,),
            "donor.sites": self.donor.sites,
            "donor.excludes": self.donor.excludes,
            "donor.number": (self.donor.number,),
        }


class Kind(Strict):
    """A kind of finding: what ``scribe explain`` tells about it."""

    description: str
    remedy: str


class FindingRule(Strict):
    """A finding that rests on facts.

    Attributes:
        decisions: With which decisions it is raised.
        message: Wordings; the first that can be filled is taken.
        query: Id of the question to the surgeon.
    """

    id: str
    kind: str
    status: RuleStatus = RuleStatus.STABLE
    severity: Severity
    when: When
    decisions: tuple[Decision, ...]
    message: Texts
    query: str | None = None
    sources: Sources


class ItemFinding(Strict):
    """How a short item of a checklist is reported."""

    kind: str
    message: str


class ReadingFinding(Strict):
    """How something about the text as it came is reported, whatever it documents."""

    kind: str
    severity: Severity
    message: str


class SetAsideFinding(ReadingFinding):
    """How text that the note itself sets aside is reported.

    Attributes:
        much_share: From which share of the note on it is much.
        much_severity: How much it matters then.
        much_message: What is said then.
    """

    much_share: float
    much_severity: Severity
    much_message: str


class FindingsFile(Strict):
    """``findings.yaml``: kinds, findings on items, and findings on facts."""

    kinds: dict[str, Kind]
    missing: ItemFinding
    partial: ItemFinding
    planned: ItemFinding
    truncated: ReadingFinding
    set_aside: SetAsideFinding
    rules: tuple[FindingRule, ...]


class BillingRule(Strict):
    """A billing rule; ``finding`` says when it shows up in a review."""

    id: str
    title: str
    statement: str
    severity: Severity
    codes: tuple[str, ...] = ()
    finding: FindingRule | None = None
    sources: Sources


class Modifier(Strict):
    """What a modifier means for this family and what the record must show."""

    id: str
    use: str
    check: str
    finding: FindingRule | None = None
    sources: Sources


class BillingFile(Strict):
    """``billing.yaml``: billing rules, modifiers and medical necessity."""

    rules: tuple[BillingRule, ...]
    modifiers: tuple[Modifier, ...]
    medical_necessity: tuple[FindingRule, ...]


class Query(Strict):
    """A neutral question to the surgeon.

    Attributes:
        text: Wordings, the first that can be filled is taken; ``{words}`` are words of the note.
        options: Clinically supported answers; the closing options of ``pack.yaml`` are always among them.
    """

    text: Texts
    options: Annotated[tuple[str, ...], Field(min_length=2)]
    sources: Sources


class SourcesFile(RootModel[dict[str, Source]]):
    """``sources.yaml``."""


class ConditionsFile(RootModel[dict[str, When]]):
    """``conditions.yaml``: conditions that several rules share."""


class QueriesFile(RootModel[dict[str, Query]]):
    """``queries.yaml``."""
