"""Where the rule pack and the model artifacts are, in a wheel or in a checkout. No other module builds such a path."""

from __future__ import annotations

from pathlib import Path

from scribe.errors import ScribeError

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for candidate in (_PACKAGE / "_bundled" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    msg = f"the folder {name!r} that belongs to scribe is missing; reinstall opnote-scribe"
    raise ScribeError(msg)


def patterns_folder() -> Path:
    """Return the folder of the rule pack.

    Raises:
        ScribeError: The installation is incomplete.
    """
    return _folder("patterns")


def model_folder(name: str) -> Path:
    """Return the folder of a learned model: its manifest and its weights.

    Args:
        name: For example ``code_suggester``.

    Raises:
        ScribeError: The installation is incomplete.
    """
    return _folder("models") / name / "artifact"


def samples_folder() -> Path:
    """Return the folder of the sample notes.

    Raises:
        ScribeError: The installation is incomplete.
    """
    return _folder("sample_notes")
