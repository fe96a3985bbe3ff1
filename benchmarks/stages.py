"""The stages of an analysis, each on what the stage before it made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.engines import TOKENIZER
from benchmarks.timing import ratio_rows, time_in_turns
from scribe.assess.checklist import assess_codes
from scribe.assess.report import assess_report
from scribe.assess.score import rank_codes
from scribe.extract.engine import build_extractor
from scribe.parse.nlp import build_parser
from scribe.pipeline import Analyzer
from scribe.read import note_from_text
from scribe.render.as_json import as_json
from scribe.review import review_note
from scribe.rules.pack import load_pack
from scribe.suggest.decide import suggest_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.engines import Engine
    from benchmarks.row import Row
    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.types.note import Note


def measure_stages(
    workload: str, texts: Sequence[str], tokenizer: Engine, passes: int
) -> list[Row]:
    """Return the time of each stage as a ratio to spaCy's tokenizer."""
    pack = load_pack()
    language = pack.language
    parser, extractor, analyzer = build_parser(language), build_extractor(language), Analyzer(pack)
    notes = [note_from_text(text) for text in texts]
    parsed = [parser.parse(note) for note in notes]
    facts = [extractor.extract(each) for each in parsed]
    analyses = [analyzer.analyze_note(note) for note in notes]
    seconds = time_in_turns(
        {
            TOKENIZER: lambda: [tokenizer(text) for text in texts],
            "read": lambda: [note_from_text(text) for text in texts],
            "parse": lambda: [parser.parse(note) for note in notes],
            "extract": lambda: [extractor.extract(each) for each in parsed],
            "judge": lambda: [
                _judge(n, pack.scope(f), pack) for n, f in zip(notes, facts, strict=True) if f
            ],
            "report": lambda: [
                assess_report(p, pack.scope(f), pack) for p, f in zip(parsed, facts, strict=True)
            ],
            "write JSON": lambda: [as_json(each, indent=None) for each in analyses],
        },
        passes,
    )
    return ratio_rows(
        f"Stages, {workload} ({len(texts)} notes)",
        seconds,
        one=TOKENIZER,
        meaning="time of spaCy's tokenizer = 1",
    )


def _judge(note: Note, scope: Scope, pack: RulePack) -> object:
    """Judge the codes of one note; notes without facts share one answer and are left out."""
    assessed = assess_codes(scope, pack)
    suggestion, chances = suggest_code(scope, assessed, pack)
    return review_note(note, scope, rank_codes(assessed, chances), suggestion, pack)
