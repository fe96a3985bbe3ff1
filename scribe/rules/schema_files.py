"""Write the JSON schemas of the rule files, so that editors complete and check while one types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scribe.rules.arbiter_schema import ArbiterFile
from scribe.rules.aside_schema import AsidesFile
from scribe.rules.decision_schema import DecisionsFile
from scribe.rules.disagreement_schema import DisagreementsFile
from scribe.rules.evaluation_schema import EvaluationFile
from scribe.rules.fact_schema import AnyFactFile
from scribe.rules.gap_judge_schema import GapJudgeFile
from scribe.rules.language import (
    ContextFile,
    GateFile,
    MacrosFile,
    MeasuresFile,
    SectionsFile,
    SoundsFile,
)
from scribe.rules.report_schema import ReportFile
from scribe.rules.schema import (
    BillingFile,
    CodeSpec,
    ConditionsFile,
    FindingsFile,
    PackFile,
    QueriesFile,
    Requirement,
    SourcesFile,
)
from scribe.rules.second_opinion_schema import SecondOpinionFile
from scribe.rules.second_reader_schema import SecondReaderFile
from scribe.rules.skin_judge_schema import SkinJudgeFile
from scribe.rules.vocabulary import VocabFile
from scribe.rules.words_schema import WordsFile

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

FILE_MODELS: dict[str, type[BaseModel]] = {
    "pack": PackFile,
    "sources": SourcesFile,
    "conditions": ConditionsFile,
    "requirement": Requirement,
    "code": CodeSpec,
    "decisions": DecisionsFile,
    "findings": FindingsFile,
    "billing": BillingFile,
    "report": ReportFile,
    "queries": QueriesFile,
    "disagreements": DisagreementsFile,
    "second_opinion": SecondOpinionFile,
    "second_reader": SecondReaderFile,
    "skin_judge": SkinJudgeFile,
    "arbiter": ArbiterFile,
    "gap_judge": GapJudgeFile,
    "evaluation": EvaluationFile,
    "language": WordsFile,
    "fact": AnyFactFile,
    "vocab": VocabFile,
    "asides": AsidesFile,
    "macros": MacrosFile,
    "sections": SectionsFile,
    "context": ContextFile,
    "measures": MeasuresFile,
    "soundalikes": SoundsFile,
    "gate": GateFile,
}
"""File kinds by the name of their JSON schema; ``fact`` is that of signals too."""


def schema_texts() -> dict[str, str]:
    """Return the text of every schema file by its file name."""
    return {
        f"{name}.json": json.dumps(_schema(name), indent=1, sort_keys=True) + "\n"
        for name in FILE_MODELS
    }


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder, ``patterns/schema`` in a checkout."""
    for name, text in schema_texts().items():
        (folder / name).write_text(text, "utf-8")


def _schema(name: str) -> dict[str, object]:
    schema = FILE_MODELS[name].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
