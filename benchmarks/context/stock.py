"""Stock engines on the same phrases: medspaCy's ConText and negspaCy, with the rules that they come with.

Each gets the probe alone and the phrase as its one entity, so that nothing but context is compared.
Where ConText says several things of a phrase, the one that fits best counts.
"""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from benchmarks.context.probes import Probe, is_right
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Callable

HOW_TO_INSTALL = (
    "negspaCy is not installed: pip install 'opnote-scribe[bench]' on Python 3.12 or later; on 3.11, whose spaCy is "
    "older than negspaCy asks for, pip install --no-deps negspacy"
)
_MEANT = {
    "is_negated": Status.ABSENT,
    "is_hypothetical": Status.PLANNED,
    "is_historical": Status.HISTORICAL,
    "is_family": Status.HISTORICAL,
    "is_uncertain": Status.UNCERTAIN,
}


def stock_context() -> Callable[[Probe], str]:
    """Build medspaCy's ConText with its own rules and its own sentences."""
    nlp = _sentences()
    context = nlp.create_pipe("medspacy_context")

    def ask(probe: Probe) -> str:
        span = _marked(context, nlp, probe)
        told = [status.value for flag, status in _MEANT.items() if span._.get(flag)]
        return next((each for each in told if is_right(probe, each)), (*told, "present")[0])

    return ask


def negspacy() -> Callable[[Probe], str] | None:
    """Build negspaCy with its own terms and medspaCy's sentences, or return None where it is not installed."""
    if find_spec("negspacy") is None:
        return None
    import negspacy.negation  # noqa: F401 - registers its component

    nlp = _sentences()
    negex = nlp.create_pipe("negex")

    def ask(probe: Probe) -> str:
        span = _marked(negex, nlp, probe)
        return (Status.ABSENT if span._.negex else Status.PRESENT).value

    return ask


def _sentences() -> Any:
    """Return medspaCy's tokenizer and sentence splitter, whose log of note text stays off."""
    from loguru import logger

    logger.disable("PyRuSH")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import medspacy

        return medspacy.load(medspacy_enable=["medspacy_tokenizer", "medspacy_pyrush"])


def _marked(component: Any, nlp: Any, probe: Probe) -> Any:
    """Run a component on a probe whose phrase is an entity, and return the entity."""
    doc = nlp(probe.text)
    doc.ents = [doc.char_span(probe.start, probe.end, label="PHRASE", alignment_mode="expand")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        component(doc)
    return doc.ents[0]
