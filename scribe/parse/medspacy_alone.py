"""Import medspaCy without what it never needs here.

medspaCy imports QuickUMLS for one component that scribe does not use, and QuickUMLS imports NLTK, which imports pandas, SciPy and
scikit-learn where they are installed: a second and 160 MiB for nothing.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from types import ModuleType
from typing import Final

_UNUSED: Final = "quickumls"


class _Absent(ModuleType):
    """Stands where an unused library would; it has every name that is imported from it, and none means anything."""

    def __getattr__(self, name: str) -> None:
        """Give nothing for any name, and have no part of what makes a module."""
        if name.startswith("__"):
            raise AttributeError(name)


def import_medspacy() -> None:
    """Import medspaCy, so that its parts can be imported; a process that has it, or QuickUMLS, already is left as it is.

    Afterwards QuickUMLS can be imported as ever, which also registers its component.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if "medspacy" not in sys.modules and _UNUSED not in sys.modules:
            sys.modules[_UNUSED] = _Absent(_UNUSED)
            try:
                importlib.import_module("medspacy")
            except ImportError:  # of a version that needs more of it: then as it comes
                pass
            else:
                return
            finally:
                del sys.modules[_UNUSED]
        importlib.import_module("medspacy")
