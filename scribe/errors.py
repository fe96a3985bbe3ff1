"""Every error that scribe raises on purpose.

    ScribeError
      NoteError              this input cannot be used
        UnsupportedFormat    bytes that no reader understands
        UnreadableNote       the right format, but damaged, locked or wrongly encoded
        NoteTooLarge         over a size limit
        EmptyNote            nothing to read
        MissingDependency    an optional package is needed for this input
      RulePackError          a file of the rule pack is wrong
      ModelError             a learned model is damaged, untrusted or of another version
      AuditError             an audit of many notes cannot start, go on or be compared
      GoldError              labels of notes are missing, damaged, or do not fit their note

A message says which input, what is wrong and how to mend it. It never holds a word of a note: notes are named by id and places by offsets.
"""

from __future__ import annotations


class ScribeError(Exception):
    """Any error that scribe raises on purpose."""


class NoteError(ScribeError):
    """This input cannot be used as a note."""


class UnsupportedFormat(NoteError):
    """No reader understands these bytes."""


class UnreadableNote(NoteError):
    """The format is known, but the bytes are damaged, locked or wrongly encoded."""


class NoteTooLarge(NoteError):
    """The input is over a limit of size, pages or nesting."""


class EmptyNote(NoteError):
    """There is no text to read."""


class MissingDependency(NoteError):
    """Reading this input needs an optional package that is not installed."""


class RulePackError(ScribeError):
    """A file of the rule pack breaks its schema or refers to something that does not exist."""


class ModelError(ScribeError):
    """A learned model is damaged, holds untrusted types, or was made for other features."""


class AuditError(ScribeError):
    """An audit of many notes cannot start, go on or be compared."""


class GoldError(ScribeError):
    """Labels of notes are missing, damaged, or do not fit their note."""
