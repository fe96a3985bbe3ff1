"""Check the rule pack as a whole: what no single file can tell of itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from scribe.rules.check_language import check_language
from scribe.rules.check_text import check_pattern, check_question, check_wordings
from scribe.types.condition import All, AnyOf, Condition, Distinct, FactIs, Named, Not
from scribe.types.fact import LEARNED_SIGNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scribe.rules.pack import RulePack

_FILLED_BY_CODE = frozenset({"donor.label", "label", "why", "planned", "words", "other_words"})


def check_pack(pack: RulePack, cases: Path | None = None) -> tuple[str, ...]:
    """Return every problem of a pack, one sentence each; none when it is sound.

    Args:
        pack: A loaded pack, so each file already fits its schema.
        cases: Folder of the test cases (``tests/cases``); None outside a checkout, where there are none.
    """
    problems = (
        *_check_sources(pack),
        *_check_codes(pack),
        *_check_requirements(pack),
        *_check_findings(pack),
        *_check_reasons(pack),
        *_check_arbiter(pack),
        *_check_listening(pack),
        *_check_unique(pack),
        *_check_conditions(pack),
        *_check_numbers(pack),
        *_check_texts(pack),
        *_check_patterns(pack),
        *_check_second_reader(pack),
        *check_language(pack.language),
        *(_check_cases(pack, cases) if cases else ()),
    )
    return tuple(dict.fromkeys(problems))


def parts_of(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and everything inside it."""
    yield condition
    inner: tuple[Condition, ...] = ()
    if isinstance(condition, All | AnyOf):
        inner = condition.parts
    elif isinstance(condition, Not):
        inner = (condition.part,)
    for part in inner:
        yield from parts_of(part)


def _rules(pack: RulePack) -> Iterator[tuple[str, BaseModel]]:
    """Yield the top-level models of the pack with the name of their file."""
    yield from ((f"requirements/{key}", rule) for key, rule in pack.requirements.items())
    yield from ((f"codes/{key}", rule) for key, rule in pack.codes.items())
    yield from (("decisions", row) for row in pack.decisions.rows)
    yield from (("decisions", remark) for remark in pack.decisions.remarks)
    yield from (("findings or billing", rule) for rule in pack.finding_rules())
    yield from (("billing", rule) for rule in (*pack.billing.rules, *pack.billing.modifiers))
    yield from (("report", element) for element in pack.report.elements)
    yield from ((f"queries, {key}", query) for key, query in pack.queries.items())
    yield from (("disagreements", one) for one in pack.disagreements.root)


def _check_sources(pack: RulePack) -> Iterator[str]:
    for place, rule in _rules(pack):
        for source in getattr(rule, "sources", ()):
            if source not in pack.sources:
                yield f"{place}: the source {source!r} is not in sources.yaml"
    for number, code in pack.codes.items():
        for source in (code.rvu.source, code.payment.source):
            if source not in pack.sources:
                yield f"codes/{number}: the source {source!r} is not in sources.yaml"
    for name, rule in _language_rules(pack):
        for source in getattr(rule, "sources", ()):
            if source not in pack.sources:
                yield f"{name}: the source {source!r} is not in sources.yaml"


def _check_codes(pack: RulePack) -> Iterator[str]:
    for number, code in pack.codes.items():
        place = f"codes/{number}"
        for item in code.asks:
            if item not in pack.requirements:
                yield f"{place}: asks for {item!r}, which has no file in requirements/"
        if code.twin is not None and code.twin not in pack.codes:
            yield f"{place}: its twin {code.twin!r} is not a code of the pack"
        if bool(code.donor.sites) is bool(code.donor.excludes):
            yield f"{place}: a donor is either a list of sites or all but the excluded ones"
        if abs(code.rvu.total * code.payment.conversion_factor - code.payment.usd) > 0.01:
            yield f"{place}: units times conversion factor does not give the payment"


def _check_requirements(pack: RulePack) -> Iterator[str]:
    for key, rule in pack.requirements.items():
        if rule.query is not None and rule.query not in pack.queries:
            yield f"requirements/{key}: the question {rule.query!r} is not in queries.yaml"
        if rule.missing[-1].when is not None:
            yield f"requirements/{key}: the last missing case must stand without a condition"
        if (rule.planned is None) is not (rule.planned_message is None):
            yield f"requirements/{key}: planned and planned_message belong together"


def _check_findings(pack: RulePack) -> Iterator[str]:
    for finding in pack.finding_rules():
        if finding.query is not None and finding.query not in pack.queries:
            yield f"{finding.id}: the question {finding.query!r} is not in queries.yaml"
        if finding.kind not in pack.findings.kinds:
            yield f"{finding.id}: the kind {finding.kind!r} is not in findings.yaml"
    found = pack.findings
    for report in (found.missing, found.partial, found.planned, found.truncated, found.set_aside):
        if report.kind not in pack.findings.kinds:
            yield f"findings: the kind {report.kind!r} has no description"


def _check_reasons(pack: RulePack) -> Iterator[str]:
    for row in pack.decisions.rows:
        for reason in row.reasons:
            if reason not in pack.decisions.reasons:
                yield f"decisions, {row.id}: the reason {reason!r} is not in decisions.yaml"


def _check_arbiter(pack: RulePack) -> Iterator[str]:
    rules, rows = pack.arbiter, {row.id for row in pack.decisions.rows}
    for row in (
        *rules.settles,
        *rules.finds,
        *rules.refuses,
        *rules.overrules,
        *rules.reopens,
        *rules.doubts_at,
        *rules.never_doubts,
    ):
        if row not in rows:
            yield f"arbiter: the row {row!r} is not in decisions.yaml"
    for reason in rules.reasons:
        if reason not in pack.decisions.reasons:
            yield f"arbiter: the reason {reason!r} is not in decisions.yaml"
    for name in rules.hears:
        if name not in pack.second_reader.facts:
            yield f"arbiter: hears {name!r}, which is not in second_reader.yaml"
    for name in sorted(rules.doubts_below.keys() - rules.against.keys()):
        yield f"arbiter: the class {name!r} has no wording in against"
    for name in rules.skin:
        if name not in rules.settled or name not in rules.found:
            yield f"arbiter: the class {name!r} has no wording in settled or in found"


def _check_listening(pack: RulePack) -> Iterator[str]:
    known = {rule.name for rule in pack.language.facts}
    for item, names in pack.gap_judge.hears.items():
        if item not in pack.requirements:
            yield f"gap_judge: the item {item!r} is not in requirements/"
        for name in names:
            if known and name not in known:
                yield f"gap_judge, {item}: hears {name!r}, which is no fact of the pack"
    for item in sorted(pack.gap_judge.deciding - pack.gap_judge.hears.keys()):
        yield f"gap_judge: the deciding item {item!r} is never quiet, as hears does not name it"
    for name in pack.second_reader.listens:
        if known and name not in known:
            yield f"second_reader: listens for {name!r}, which is no fact of the pack"


def _check_unique(pack: RulePack) -> Iterator[str]:
    groups = {
        "rows": (row.id for row in pack.decisions.rows),
        "remarks": (remark.id for remark in pack.decisions.remarks),
        "findings": (rule.id for rule in pack.finding_rules()),
        "billing rules": (rule.id for rule in pack.billing.rules),
        "modifiers": (modifier.id for modifier in pack.billing.modifiers),
        "report elements": (element.id for element in pack.report.elements),
        "disagreements": (one.id for one in pack.disagreements.root),
        "find and never rules": (
            rule.id
            for fact in (*pack.language.facts, *pack.language.retired)
            for rule in fact.file.rules
        ),
    }
    for group, ids in groups.items():
        for name, count in Counter(ids).items():
            if count > 1:
                yield f"{group}: the id {name!r} stands {count} times"


def _check_numbers(pack: RulePack) -> Iterator[str]:
    """A number of the note is no name: a condition that asks for "22" never meets it."""
    numbers = {
        rule.name
        for rule in pack.language.facts
        for find in rule.file.rules
        if isinstance(value := getattr(find, "value", None), str)
        and value.startswith("$")
        and "." not in value
    }
    asked = {
        (part.name, value)
        for part in _all_parts(pack)
        if isinstance(part, FactIs) and part.name in numbers and isinstance(part.values, tuple)
        for value in part.values
        if isinstance(value, str) and value.isdigit()
    }
    for name, value in sorted(asked):
        yield f"a rule asks whether {name!r} is the name {value!r}, but a find rule takes it as a number; write $anchor.word there"


def _check_conditions(pack: RulePack) -> Iterator[str]:
    for name, condition in pack.conditions.items():
        if name in _reached(condition, pack):
            yield f"conditions, {name}: holds itself, directly or through another"
    known = {rule.name for rule in pack.language.facts}
    known |= {pack.skin_judge.signal}
    known |= {f"{LEARNED_SIGNAL}{name}" for name in pack.second_reader.facts}
    fields = set().union(*(code.fields() for code in pack.codes.values()))
    for part in _all_parts(pack):
        if isinstance(part, Named) and part.name not in pack.conditions:
            yield f"a rule holds {part.name!r}, which is not in conditions.yaml"
        if known and isinstance(part, FactIs | Distinct) and part.name not in known:
            yield f"a rule names {part.name!r}, which is neither a fact nor a signal of the pack"
        for limit in (getattr(part, "values", ()), getattr(part, "refused", ())):
            if hasattr(limit, "name") and limit.name not in fields:
                yield f"a rule names ${limit.name}, which is no field of a code"


def _check_texts(pack: RulePack) -> Iterator[str]:
    known = {part.name for part in _all_parts(pack) if isinstance(part, FactIs | Distinct)}
    known |= _FILLED_BY_CODE
    for key, rule in pack.requirements.items():
        groups = (rule.not_applicable, rule.contradicted, rule.met, rule.partial, rule.missing)
        for case in (case for group in groups for case in group):
            yield from check_wordings(f"requirements/{key}", case.why, known)
    for finding in pack.finding_rules():
        yield from check_wordings(finding.id, finding.message, known, is_open=True)
    for key, query in pack.queries.items():
        yield from check_wordings(f"queries, {key}", query.text, known)
        yield from check_question(f"queries, {key}", query, pack.settings)


def _check_patterns(pack: RulePack) -> Iterator[str]:
    for element in pack.report.elements:
        for pattern in element.said:
            yield from check_pattern(f"report, {element.id}", pattern)
    for shape in pack.report.placeholders:
        yield from check_pattern("report, placeholders", shape.pattern)
    for rule in pack.language.measures.placeholders:
        yield from check_pattern(f"measures, {rule.id}", rule.pattern)
    for struck in pack.language.sections.set_aside.struck:
        yield from check_pattern("sections, set_aside.struck", struck)


def _check_second_reader(pack: RulePack) -> Iterator[str]:
    known = {rule.name for rule in pack.language.facts if not rule.signal}
    for name in pack.second_reader.facts:
        if name not in known:
            yield f"second_reader.yaml: {name!r} is no fact of the pack"


def _check_cases(pack: RulePack, cases: Path) -> Iterator[str]:
    for folder, names in (("requirements", pack.requirements), ("codes", pack.codes)):
        for name in names:
            if not (cases / folder / f"{name}.yaml").is_file():
                yield f"{folder}/{name}: has no case file tests/cases/{folder}/{name}.yaml"


def _all_parts(pack: RulePack) -> Iterator[Condition]:
    models: list[Any] = [rule for _, rule in _rules(pack)]
    models += [w for wordings in pack.decisions.reasons.values() for w in wordings]
    models.append(pack.decisions.support)
    asked = (
        pack.second_opinion.considers,
        pack.second_reader.considers,
        pack.skin_judge.considers,
        pack.arbiter.considers,
        *(each.where for each in pack.second_reader.facts.values() if each.where),
        *pack.second_opinion.features.values(),
    )
    for condition in (*pack.conditions.values(), *asked, *_conditions(models)):
        yield from parts_of(condition)


def _conditions(values: Iterable[Any]) -> Iterator[Condition]:
    for value in values:
        if isinstance(value, BaseModel):
            yield from _conditions(getattr(value, name) for name in type(value).model_fields)
        elif isinstance(value, tuple):
            yield from _conditions(value)
        elif isinstance(value, Condition):
            yield value


def _reached(condition: Condition, pack: RulePack) -> set[str]:
    reached: set[str] = set()
    waiting = [condition]
    while waiting:
        for part in parts_of(waiting.pop()):
            if isinstance(part, Named) and part.name not in reached:
                reached.add(part.name)
                waiting.extend([pack.conditions[part.name]] if part.name in pack.conditions else [])
    return reached


def _language_rules(pack: RulePack) -> Iterator[tuple[str, BaseModel]]:
    yield from ((rule.name, rule.file) for rule in pack.language.facts)
    yield from ((f"sections, {key}", rule) for key, rule in pack.language.sections.sections.items())
