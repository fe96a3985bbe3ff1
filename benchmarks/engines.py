"""What is compared: each engine as a function of the text of a note, built once."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Engine = Callable[[str], object]

TOKENIZER = "spaCy tokenizer"
SCRIBE = "scribe, text to JSON"
MEDSPACY = "medspaCy"
SENTENCIZER = "medspaCy, sentencizer"
EDS = "EDS-NLP"
_RULES = 150
_MEND_EDS = (
    'pip install edsnlp "setuptools<80"'  # it asks for pkg_resources, which newer ones lack
    + (' "spacy<3.8"' if sys.version_info < (3, 12) else "")
)


def build_scribe() -> Engine:
    """Return the whole analysis: text in, JSON out."""
    from scribe.pipeline import Analyzer
    from scribe.render.as_json import as_json

    analyzer = Analyzer()

    def run(text: str) -> str:
        return as_json(analyzer.analyze(text), indent=None)

    return run


def build_tokenizer() -> Engine:
    """Return spaCy's English tokenizer as it comes."""
    import spacy

    return spacy.blank("en")


def build_medspacy() -> Engine:
    """Return medspaCy as it comes: its sentence splitter, a target matcher with as many rules as we have words, and ConText."""
    nlp = _medspacy().load()
    _add_targets(nlp.get_pipe("medspacy_target_matcher"))
    return _quiet(nlp)


def build_sentencizer() -> Engine:
    """Return medspaCy with spaCy's sentencizer in the place of its own sentence splitter."""
    nlp = _medspacy().load(medspacy_disable=["medspacy_pyrush"])
    nlp.add_pipe("sentencizer", first=True)
    _add_targets(nlp.get_pipe("medspacy_target_matcher"))
    return _quiet(nlp)


def build_eds() -> Engine:
    """Return EDS-NLP: sentences, a matcher with the same words, negation and hypothesis."""
    edsnlp = importlib.import_module("edsnlp")
    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.normalizer")
    terms: dict[str, list[str]] = {}
    for words, tag in _vocabulary():
        terms.setdefault(tag, []).append(words)
    nlp.add_pipe("eds.matcher", config={"terms": terms, "attr": "LOWER"})
    nlp.add_pipe("eds.negation")
    nlp.add_pipe("eds.hypothesis")
    return _quiet(nlp)


@cache
def eds_missing() -> str | None:
    """Return why EDS-NLP takes no part and what mends it, or None where it can.

    It is tried in a process of its own, so that this one stays small.
    """
    if importlib.util.find_spec("edsnlp") is None:
        return f"not installed; {_MEND_EDS}"
    tried = subprocess.run(
        [sys.executable, "-c", "import edsnlp"], capture_output=True, check=False, text=True
    )
    if tried.returncode == 0:
        return None
    reason = (tried.stderr.strip().splitlines() or ["no reason given"])[-1]
    return f"does not load ({reason}); {_MEND_EDS}"


def available() -> dict[str, Callable[[], Engine] | None]:
    """Return how each engine is built, in the order of the table; None for one that is not installed."""
    return {
        TOKENIZER: build_tokenizer,
        SCRIBE: build_scribe,
        MEDSPACY: build_medspacy,
        SENTENCIZER: build_sentencizer,
        EDS: None if eds_missing() else build_eds,
    }


def build_all() -> dict[str, Engine]:
    """Build every engine that is installed."""
    return {name: build() for name, build in available().items() if build}


def _medspacy() -> Any:
    """Import medspaCy; its sentence splitter logs the words of notes, so that log is switched off before."""
    from loguru import logger

    logger.disable("PyRuSH")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("medspacy")


def _add_targets(matcher: Any) -> None:
    from medspacy.target_matcher import TargetRule

    matcher.add([TargetRule(words, tag) for words, tag in _vocabulary()])


def _vocabulary() -> list[tuple[str, str]]:
    from scribe.resources import patterns_folder
    from scribe.rules.language import load_language

    terms = load_language(patterns_folder()).terms
    return [(term.words, term.tag) for term in terms[:_RULES]]


def _quiet(nlp: Engine) -> Engine:
    """Return an engine whose warnings are not shown."""

    def run(text: str) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return nlp(text)

    return run
