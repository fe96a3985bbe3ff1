"""Bytes in, notes out. Nothing after this stage changes the text, and nothing here knows the language."""

from scribe.read.reader import note_from_text, read_note
from scribe.read.source import STDIN, read_source

__all__ = ["STDIN", "note_from_text", "read_note", "read_source"]
