"""The rule pack in plain words: the table of codes, one code, and what a fact, an item or a finding means."""

from __future__ import annotations

import difflib
import textwrap
from typing import TYPE_CHECKING

from scribe.rules.condition_schema import RuleStatus
from scribe.rules.fact_schema import FindRule
from scribe.rules.schema import CodeSpec, FindingRule, Level, Requirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scribe.rules.language import FactRule
    from scribe.rules.pack import RulePack

_WIDTH = 100
_RETIRED = "retired: no note is read by it any more"
_LEVEL_WORDS = {
    Level.REQUIRED: "required",
    Level.DERIVED: "required, derived",
    Level.OPTIONAL: "recommended",
}
_NOTICE = (
    "Titles are this project's own wording; CPT is a registered trademark of the American Medical Association. "
    "Figures are national and of the year named; locality and payer change them."
)


def codes_table(pack: RulePack) -> str:
    """Return one line for each code of the pack."""
    rows = [f"{'code':7}{'RVU':>7}  {'skin':5} title"]
    for code, spec in pack.codes.items():
        skin = "yes" if spec.skin else "no"
        rows.append(f"{code:7}{spec.rvu.total:7.2f}  {skin:5} {spec.title}")
    years = " and ".join(sorted({str(spec.rvu.year) for spec in pack.codes.values()}))
    rows += [
        "",
        *textwrap.wrap(
            f"RVU: total relative value units, {years}. Show one with: scribe codes CODE", _WIDTH
        ),
    ]
    return _lines([*rows, *textwrap.wrap(_NOTICE, _WIDTH)])


def code_page(pack: RulePack, code: str) -> str:
    """Return everything the pack knows about one code.

    Raises:
        KeyError: The pack has no such code.
    """
    spec = pack.codes[code]
    lines = [f"CPT {code}: {spec.title}", ""]
    lines += _field("Donor", spec.donor.label)
    lines += _field("Skin", "taken with the bone" if spec.skin else "not taken")
    if spec.twin:
        lines += _field(
            "Twin", f"{spec.twin}, the same donor {'without' if spec.skin else 'with'} skin"
        )
    lines += _field("RVU", _rvu(spec))
    payment = f"{spec.payment.usd:,.2f} USD, national Medicare physician rate {spec.payment.year} [{spec.payment.source}]"
    lines += _field("Payment", payment)
    lines += _field("Global", f"{spec.global_days} days")
    lines += ["", "Checklist"]
    lines += _table(
        (_strength(pack, spec, item), pack.requirements[item].label, item) for item in spec.asks
    )
    lines += ["", "Easily confused with"]
    lines += _table((other, words) for other, words in spec.neighbours.items())
    lines += ["", "Sources", *_sources(pack, (*spec.sources, spec.rvu.source, spec.payment.source))]
    return _lines([*lines, "", *textwrap.wrap(_NOTICE, _WIDTH)])


def explanation(pack: RulePack, name: str) -> str | None:
    """Return what a name of the pack or of a result means; None for an unknown name.

    A rule that is a part of something (``patency.met``, ``report.surgeon``) is shown with what it belongs to.
    """
    pages = [page(pack, name) for page in _PAGES]
    found = [page for page in pages if page]
    if found:
        return "\n".join(found)
    parts = name.split(".")
    heads = [".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]
    tails = [".".join(parts[start:]) for start in range(1, len(parts))]
    known = next(
        (each for each in (*heads, *tails) if any(page(pack, each) for page in _PAGES)), None
    )
    if known is None:
        return None
    return f"{name}: a part of {known}\n\n{explanation(pack, known)}"


def names(pack: RulePack) -> tuple[str, ...]:
    """Return every name that can be explained."""
    rules = (rule.id for rule in pack.finding_rules())
    groups: tuple[Iterable[str], ...] = (
        pack.codes,
        (rule.name for rule in pack.language.facts),
        pack.requirements,
        (element.id for element in pack.report.elements),
        pack.findings.kinds,
        rules,
        (rule.id for rule in pack.billing.rules),
        (modifier.id for modifier in pack.billing.modifiers),
        (row.id for row in pack.decisions.rows),
    )
    return tuple(dict.fromkeys(name for group in groups for name in group))


def similar_names(pack: RulePack, name: str) -> list[str]:
    """Return up to three known names that look like an unknown one."""
    return difflib.get_close_matches(name, names(pack), n=3, cutoff=0.5)


def _strength(pack: RulePack, spec: CodeSpec, item: str) -> str:
    level = Level.OPTIONAL if pack.requirements[item].recommended else spec.level(item)
    return _LEVEL_WORDS[level]


def _rvu(spec: CodeSpec) -> str:
    work = f", work {spec.rvu.work:.2f}" if spec.rvu.work is not None else ""
    return f"{spec.rvu.total:.2f} total{work} ({spec.rvu.year}) [{spec.rvu.source}]"


def _code(pack: RulePack, name: str) -> str | None:
    return code_page(pack, name) if name in pack.codes else None


def _fact(pack: RulePack, name: str) -> str | None:
    for rule in _told(pack):
        if rule.name == name:
            kind = (
                "signal: it steers the assessment and is no fact of its own"
                if rule.signal
                else "fact"
            )
            lines = [
                f"{name}: {kind}",
                "",
                *_field("Label", rule.file.label),
                *_field("Means", rule.file.meaning),
            ]
            if rule.file.status is RuleStatus.RETIRED:
                lines += _field("Status", _RETIRED)
            return _lines([*lines, "", "Sources", *_sources(pack, rule.file.sources)])
    return None


def _made_by(pack: RulePack, name: str) -> str | None:
    """Name the rules of a fact: a page of its own behind all others, as some facts have more than a hundred."""
    for rule in _told(pack):
        if rule.name == name:
            ids = ", ".join(each.id for each in rule.file.find)
            return _lines(_field("Made by", ids or f"the {rule.file.kind} reader"))
    return None


def _told(pack: RulePack) -> Iterable[FactRule]:
    """Return the facts and signals, and behind them what is retired."""
    return (*pack.language.facts, *pack.language.retired)


def _find_rule(pack: RulePack, name: str) -> str | None:
    for fact in _told(pack):
        for rule in fact.file.rules:
            if rule.id != name:
                continue
            how = "finds" if isinstance(rule, FindRule) else "tells what is no"
            lines = [f"{name}: rule that {how} {fact.name}", "", *_field("Pattern", rule.pattern)]
            lines += _field("Fact", fact.file.meaning)
            if rule.retired or fact.file.status is RuleStatus.RETIRED:
                lines += _field("Status", _RETIRED)
            return _lines([*lines, "", "Sources", *_sources(pack, fact.file.sources)])
    return None


def _requirement(pack: RulePack, name: str) -> str | None:
    rule = pack.requirements.get(name)
    if rule is None:
        return None
    lines = [f"{name}: checklist item", "", *_field("Asks for", rule.label)]
    asked = [
        f"{code} ({_strength(pack, spec, name)})"
        for code, spec in pack.codes.items()
        if name in spec.asks
    ]
    lines += _field("Asked by", ", ".join(asked) or "no code")
    lines += _outcomes(rule)
    if rule.query:
        lines += _field("Question", _question(pack, rule.query))
    return _lines([*lines, "", "Sources", *_sources(pack, rule.sources)])


def _outcomes(rule: Requirement) -> list[str]:
    lines: list[str] = []
    for label, cases in (
        ("Does not apply", rule.not_applicable),
        ("Contradicted", rule.contradicted),
        ("Met", rule.met),
        ("Partial", rule.partial),
        ("Missing", rule.missing),
    ):
        for case in cases:
            lines += _field(label, case.why[-1])
    return lines


def _element(pack: RulePack, name: str) -> str | None:
    for element in pack.report.elements:
        if element.id == name:
            lines = [
                f"{name}: element of every operative report",
                "",
                *_field("Asks for", element.label),
            ]
            lines += _field("Looked for in", ", ".join(element.sections) or "the whole note")
            return _lines([*lines, "", "Sources", *_sources(pack, element.sources)])
    return None


def _kind(pack: RulePack, name: str) -> str | None:
    kind = pack.findings.kinds.get(name)
    if kind is None:
        return None
    rules = [rule.id for rule in pack.finding_rules() if rule.kind == name]
    lines = [
        f"{name}: kind of finding",
        "",
        *_field("Means", kind.description),
        *_field("Mended by", kind.remedy),
    ]
    made_by = ", ".join(rules) or _made_without_rules(pack).get(name, "none of this pack")
    return _lines([*lines, *_field("Rules", made_by)])


def _made_without_rules(pack: RulePack) -> dict[str, str]:
    """Return what makes the kinds of findings that no rule of their own makes."""
    found = pack.findings
    items = (found.missing, found.partial, found.planned)
    reading = (found.truncated, found.set_aside)
    return {
        **{each.kind: "the checklist items" for each in items},
        **{each.kind: "the reading of the note, whatever it documents" for each in reading},
    }


def _finding_rule(pack: RulePack, name: str) -> str | None:
    for rule in pack.finding_rules():
        if rule.id == name:
            return _finding_page(pack, rule)
    return None


def _finding_page(pack: RulePack, rule: FindingRule) -> str:
    lines = [
        f"{rule.id}: rule that makes a finding",
        "",
        *_field("Kind", f"{rule.kind}, {rule.severity.value}"),
    ]
    lines += _field("Says", rule.message[-1])
    if rule.query:
        lines += _field("Question", _question(pack, rule.query))
    return _lines([*lines, "", "Sources", *_sources(pack, rule.sources)])


def _billing_rule(pack: RulePack, name: str) -> str | None:
    for rule in pack.billing.rules:
        if rule.id == name:
            lines = [
                f"{name}: billing rule, {rule.severity.value}",
                "",
                *_field("Rule", rule.statement),
            ]
            return _lines([*lines, "", "Sources", *_sources(pack, rule.sources)])
    for modifier in pack.billing.modifiers:
        if modifier.id == name:
            lines = [
                f"{name}: modifier",
                "",
                *_field("Use here", modifier.use),
                *_field("Check", modifier.check),
            ]
            return _lines([*lines, "", "Sources", *_sources(pack, modifier.sources)])
    return None


def _decision_row(pack: RulePack, name: str) -> str | None:
    for row in pack.decisions.rows:
        changed = pack.arbiter.changes.get(name.removeprefix(row.id))
        if name == row.id or (changed and name.startswith(row.id)):
            lines = [f"{name}: row of the decision table", "", *_field("When", row.title)]
            lines += _field("Decides", row.decision.value)
            lines += _field("Changed by", changed) if changed else []
            return _lines([*lines, "", "Sources", *_sources(pack, row.sources)])
    return None


def _judge_of_skin(pack: RulePack, name: str) -> str | None:
    rules = pack.skin_judge
    if name != rules.signal:
        return None
    lines = [f"{name}: {rules.label}", "", *_field("Means", rules.meaning)]
    return _lines([*lines, "", "Sources", *_sources(pack, rules.sources)])


_PAGES: tuple[Callable[[RulePack, str], str | None], ...] = (
    _code,
    _fact,
    _find_rule,
    _requirement,
    _element,
    _kind,
    _finding_rule,
    _billing_rule,
    _decision_row,
    _judge_of_skin,
    _made_by,
)


def _question(pack: RulePack, name: str) -> str:
    query = pack.queries[name]
    return f"{query.text[-1]}: {', '.join(query.options)}"


def _field(label: str, words: str) -> list[str]:
    return textwrap.wrap(
        words, _WIDTH, initial_indent=f"  {label + ':':16}", subsequent_indent=" " * 18
    )


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    kept = list(rows)
    if not kept:
        return ["  none"]
    columns = len(kept[0]) - 1
    widths = [max(len(row[each]) for row in kept) + 2 for each in range(columns)]
    return [
        "  " + "".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True))
        for row in kept
    ]


def _sources(pack: RulePack, ids: Iterable[str]) -> list[str]:
    lines: list[str] = []
    for each in dict.fromkeys(ids):
        source = pack.sources[each]
        link = f" {source.link}" if source.link else ""
        words = f"[{each}] {source.citation}{link} (read {source.read})"
        lines += textwrap.wrap(
            words,
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
