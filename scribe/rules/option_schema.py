"""What ``options`` of a fact file may hold, kind by kind.

They stay mappings when they are checked, as the kinds read them by name; the type checker knows the names from here too. An option that
does not stand here is an error that names
the file: a slip of the pen would else leave a fact without what its file asks for, and say nothing.
"""

from __future__ import annotations

from typing import Literal, Required

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from scribe.rules.words_schema import Frame, Names, Tag
from scribe.types.fact import Status

_STRICT = ConfigDict(strict=True, extra="forbid")
_Stuff = Literal["bone", "soft"]
_Role = Literal["donor", "recipient"]
_Lists = dict[str, list[str]]

_In = TypedDict("_In", {"in": str}, total=False)
_From = TypedDict("_From", {"from": Literal["placeholders"], "confidence": float}, total=False)


@with_config(_STRICT)
class Derived(TypedDict, total=False):
    """What follows from another fact, with that fact's own words as evidence."""

    fact: Required[str]
    status: Required[Status]
    value: Required[str]
    confidence: Required[float]
    needs_donor: bool
    unless: list[str]
    contrary: str


@with_config(_STRICT)
class Options(TypedDict, total=False):
    """What every kind understands: which of the values found give way to which."""

    never_absent: bool
    denial_wins: bool
    absorbs: _Lists
    absorbs_in: Literal["sentence"]
    vaguer: _Lists
    outranked: _Lists
    derived_from: list[Derived]
    given_up: str


@with_config(_STRICT)
class ChoiceOptions(Options, _From, total=False):
    """A value from a fixed list; ``from`` takes the open text of the note instead of patterns, with a ``confidence`` of its own."""

    denied_only_by_rule: bool


@with_config(_STRICT)
class Alone(TypedDict):
    """When a measure that nothing else can own is the fact's."""

    tags: list[Tag]
    frames: list[Frame]
    sections: list[str]
    near: list[Literal["about", "befell"]]
    about: Names
    befell: Names
    owners: list[Tag]
    never: Names


@with_config(_STRICT)
class MeasuredOptions(Options, total=False):
    """A length, a size or a time, and what it is a measure of."""

    shape: Required[Literal["length", "measure", "minutes", "size"]]
    owners: Required[list[Tag]]
    rivals: Required[list[Tag]]
    material: _Stuff
    sized_default: _Stuff
    hints: dict[str, _Stuff]
    role: _Role
    least: float
    most: float
    least_strength: float
    one_side_strength: float
    barred: list[Tag]
    cut_away_with: list[str]
    denied_with_size: Status
    denied_only_by_rule: bool
    yielding: list[str]
    named: list[str]
    drawn_by: list[str]
    not_drawn_with: list[str]
    drawn_again: list[str]
    erased: list[str]
    overriding: list[str]
    alone: Alone


@with_config(_STRICT)
class SideOptions(Options, total=False):
    """Left or right of a role, and the parts of the body that are its."""

    role: Required[_Role]
    told_by: Required[Names]
    limbs: Required[_Lists]
    around: Required[_Lists]
    above: _Lists
    on: list[str]


@with_config(_STRICT)
class RayOptions(Options, total=False):
    """Words that tell one ray from another where no number does."""

    toes: dict[str, int]
    toe_nouns: list[str]
    toe_words: dict[str, int]
    of_toe: list[str]
    beside: dict[str, int]
    between: list[str]
    by_number: list[str]
    letters: dict[str, int]
    behind_letter: list[str]
    edges: dict[str, int]


@with_config(_STRICT)
class Named(_In, total=False):
    """The donor that a word without one means, and the region where that is."""

    gives: str


@with_config(_STRICT)
class LastResort(Named, total=False):
    """A bone that is the donor where its vessels, or those of its region, were dissected."""

    tag: Required[Tag]
    donor: str
    region: str
    vessels: list[str]
    never_with: list[Tag]


@with_config(_STRICT)
class ToldAsTaken(TypedDict):
    """What speaks for a bone as the donor, and against it."""

    donors: list[str]
    bones: dict[Tag, Named]
    needs: list[list[Tag]]
    weights: dict[Tag, float]
    against: list[Tag]
    never_beside: Names
    least: float


@with_config(_STRICT)
class JudgedDonor(TypedDict):
    """From which chance on the judge of sites names the donor, and beside which rows of tags."""

    least: float
    beside: list[list[Tag]]


@with_config(_STRICT)
class DonorOptions(Options, total=False):
    """Which bones may be the donor, and how much must speak for one."""

    judged: JudgedDonor
    least_weight: float
    least_share: float
    last_resort: list[LastResort]
    short_for: dict[Tag, Named]
    told: ToldAsTaken
    not_if_sick: list[str]
    around: _Lists


@with_config(_STRICT)
class JudgedRecipient(TypedDict):
    """From which chance on the judge of sites names the recipient, alone and against the rules."""

    alone: float
    against: float


@with_config(_STRICT)
class RecipientOptions(Options, total=False):
    """When the judge of sites is asked."""

    judged: JudgedRecipient


@with_config(_STRICT)
class JoinOptions(Options, total=False):
    """Vessels that bone is raised on, the vein beside an artery, and where the vessels of a donor run."""

    pedicles: Required[list[str]]
    veins: Required[dict[str, str]]
    regions: Required[dict[str, _Lists]]


@with_config(_STRICT)
class VesselOptions(Options, total=False):
    """The vessels of a donor: where they run, and which are its own."""

    vessel: Required[Literal["artery", "vein"]]
    regions: Required[_Lists]
    own: _Lists
    proper: _Lists
    known: list[str]
