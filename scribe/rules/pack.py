"""Load the rule pack: every file read strictly, checked against its schema, and indexed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scribe.errors import RulePackError
from scribe.resources import patterns_folder
from scribe.rules.arbiter_schema import ArbiterFile
from scribe.rules.asked import AskedItem, asked_items
from scribe.rules.condition_schema import RuleStatus
from scribe.rules.conditions import ConditionKeys, Scope, index_facts
from scribe.rules.decision_schema import DecisionsFile
from scribe.rules.disagreement_schema import DisagreementsFile
from scribe.rules.evaluation_schema import EvaluationFile
from scribe.rules.gap_judge_schema import GapJudgeFile
from scribe.rules.language import Language, load_language
from scribe.rules.report_schema import ReportFile
from scribe.rules.schema import (
    BillingFile,
    CodeSpec,
    ConditionsFile,
    FindingRule,
    FindingsFile,
    PackFile,
    QueriesFile,
    Query,
    Requirement,
    Source,
    SourcesFile,
)
from scribe.rules.second_opinion_schema import SecondOpinionFile
from scribe.rules.second_reader_schema import SecondReaderFile
from scribe.rules.skin_judge_schema import SkinJudgeFile
from scribe.rules.yaml_loader import load_file
from scribe.types.condition import Condition, Scalar

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.types.fact import Fact

_HASH_CHARS: Final = 12
_NO_CODE: Final[Mapping[str, tuple[Scalar, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """All rules, read-only.

    Attributes:
        version: Year and number, from ``pack.yaml``.
        hash: First hex digits of the SHA-256 over every YAML file of the folder.
        settings: What all rules share.
        sources: Sources by id.
        conditions: Shared conditions by name.
        requirements: Checklist items by id.
        codes: Codes by number.
        decisions: The decision table.
        findings: Kinds and rules of findings.
        billing: Billing rules, modifiers, medical necessity.
        report: The floor of every operative report.
        queries: Questions by id.
        disagreements: Public sources that contradict each other.
        second_opinion: What the learned model sees, and how a disagreement is worded.
        second_reader: Which facts the learned second reader may add.
        skin_judge: Which sentences the learned judge of skin reads.
        gap_judge: About which gaps the learned judge of gaps may be quiet.
        arbiter: What the learned arbiter may settle.
        language: The words of notes; None only while its loader is not installed.
        keys: The keys of conditions, worked out when first asked.
        checklists: What each code asks for, worked out when first asked.
    """

    version: str
    hash: str
    settings: PackFile
    sources: Mapping[str, Source]
    conditions: Mapping[str, Condition]
    requirements: Mapping[str, Requirement]
    codes: Mapping[str, CodeSpec]
    decisions: DecisionsFile
    findings: FindingsFile
    billing: BillingFile
    report: ReportFile
    queries: Mapping[str, Query]
    disagreements: DisagreementsFile
    second_opinion: SecondOpinionFile
    second_reader: SecondReaderFile
    skin_judge: SkinJudgeFile
    gap_judge: GapJudgeFile
    arbiter: ArbiterFile
    language: Language
    keys: ConditionKeys = field(default_factory=ConditionKeys, repr=False, compare=False)
    checklists: dict[str, tuple[AskedItem, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def scope(self, facts: tuple[Fact, ...]) -> Scope:
        """Return what conditions are judged against, with no code meant."""
        return Scope(
            facts=facts,
            by_name=index_facts(facts),
            named=self.conditions,
            title_sections=frozenset(self.settings.title_sections),
            fields=_NO_CODE,
            keys=self.keys,
            own_keys=self.keys.for_fields(_NO_CODE),
        )

    def checklist(self, code: CodeSpec) -> tuple[AskedItem, ...]:
        """Return what a code of this pack asks for, in order."""
        known = self.checklists.get(code.code)
        if known is None:
            known = asked_items(code, self.requirements, self.conditions, self.sources)
            self.checklists[code.code] = known
        return known

    def finding_rules(self) -> tuple[FindingRule, ...]:
        """Return every rule that makes a finding from facts, from all files, retired ones left out."""
        billing = self.billing
        rules = (
            *self.findings.rules,
            *(rule.finding for rule in billing.rules if rule.finding),
            *(modifier.finding for modifier in billing.modifiers if modifier.finding),
            *billing.medical_necessity,
        )
        return tuple(rule for rule in rules if rule.status is not RuleStatus.RETIRED)


def load_pack(folder: Path | None = None) -> RulePack:
    """Load a rule pack.

    Args:
        folder: Where its files are; None for the pack that belongs to this installation.

    Raises:
        RulePackError: A file is missing, is not strict YAML, or does not fit its schema.
    """
    folder = patterns_folder() if folder is None else folder
    settings = load_file(folder / "pack.yaml", PackFile)
    return RulePack(
        version=settings.version,
        hash=_hash(folder),
        settings=settings,
        sources=load_file(folder / "sources.yaml", SourcesFile).root,
        conditions=load_file(folder / "conditions.yaml", ConditionsFile).root,
        requirements=_load_requirements(folder / "requirements"),
        codes=_load_codes(folder / "codes"),
        decisions=load_file(folder / "decisions.yaml", DecisionsFile),
        findings=load_file(folder / "findings.yaml", FindingsFile),
        billing=load_file(folder / "billing.yaml", BillingFile),
        report=load_file(folder / "report.yaml", ReportFile),
        queries=load_file(folder / "queries.yaml", QueriesFile).root,
        disagreements=load_file(folder / "disagreements.yaml", DisagreementsFile),
        second_opinion=load_file(folder / "second_opinion.yaml", SecondOpinionFile),
        second_reader=load_file(folder / "second_reader.yaml", SecondReaderFile),
        skin_judge=load_file(folder / "skin_judge.yaml", SkinJudgeFile),
        gap_judge=load_file(folder / "gap_judge.yaml", GapJudgeFile),
        arbiter=load_file(folder / "arbiter.yaml", ArbiterFile),
        language=load_language(folder),
    )


def load_evaluation(folder: Path | None = None) -> EvaluationFile:
    """Load what says how answers are held against labels; no analysis needs it.

    Args:
        folder: Of the rule pack; None for the one that belongs to this installation.

    Raises:
        RulePackError: The file is missing or does not fit its schema.
    """
    return load_file((folder or patterns_folder()) / "evaluation.yaml", EvaluationFile)


def _load_requirements(folder: Path) -> dict[str, Requirement]:
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        rule = load_file(path, Requirement)
        _check_stem(path, rule.id)
        if rule.status is not RuleStatus.RETIRED:
            found[rule.id] = rule
    return found


def _load_codes(folder: Path) -> dict[str, CodeSpec]:
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        rule = load_file(path, CodeSpec)
        _check_stem(path, rule.code)
        if rule.status is not RuleStatus.RETIRED:
            found[rule.code] = rule
    return found


def _check_stem(path: Path, name: str) -> None:
    if path.stem != name:
        msg = f"{path.parent.name}/{path.name}: the rule calls itself {name!r}; both must agree"
        raise RulePackError(msg)


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:_HASH_CHARS]
