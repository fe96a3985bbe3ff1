"""Import medspaCy without what it never needs here.

medspaCy imports QuickUMLS for one component that scribe does not use, and QuickUMLS imports NLTK, which imports pandas, SciPy and
scikit-learn where they are installed: a second and 160 MiB for nothing. spaCy imports its command line for one function that prints
what is installed: 270 modules and a third of its time.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UNUSED: Final = ("quickumls", "spacy.cli", "spacy.cli.info")


class _Absent(ModuleType):
    """Stands where an unused library would; it has every name that is imported from it, and none means anything."""

    def __getattr__(self, name: str) -> None:
        """Give nothing for any name, and have no part of what makes a module."""
        if name.startswith("__"):
            raise AttributeError(name)


def import_medspacy() -> None:
    """Import medspaCy, so that its parts can be imported; what a process has already is left as it is.

    Afterwards QuickUMLS can be imported as ever, which also registers its component, and spaCy's command line, too.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with _without(_UNUSED):
                spacy = importlib.import_module("spacy")
                importlib.import_module("medspacy")
        except ImportError:  # of a version that needs more of it: then as it comes
            importlib.import_module("medspacy")
        else:
            if vars(spacy).get("info") is None:
                vars(spacy)["info"] = _info


@contextmanager
def _without(names: Iterable[str]) -> Iterator[None]:
    """Let modules that are not imported yet look as if they were, and as if they had every name."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update({name: _Absent(name) for name in absent})
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def _info(*args: Any, **options: Any) -> Any:
    """Stand for ``spacy.info``, and import it when it is called."""
    return importlib.import_module("spacy.cli.info").info(*args, **options)
