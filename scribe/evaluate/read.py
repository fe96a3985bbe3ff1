"""Find labelled notes in folders, and read and check all of them before any work is done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import ValidationError

from scribe.errors import GoldError
from scribe.evaluate.check import check_labels
from scribe.evaluate.labels import LabelledNote, Labels, Split
from scribe.evaluate.labels_schema import LabelFile
from scribe.evaluate.match import Matcher
from scribe.pipeline import read_note
from scribe.rules.pack import load_evaluation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scribe.rules.pack import RulePack
    from scribe.types.note import Note

LABELS = ".gold.json"
NOTE = ".txt"
SECOND = "second"
"""Name of a folder with another person's labels of the notes above it; see ``scribe.evaluate.agree``."""
_SPLITS = {"held_out_": Split.HELD_OUT, "tuned_": Split.TUNED}


def read_labelled(folders: Iterable[Path], pack: RulePack) -> tuple[LabelledNote, ...]:
    """Read the labelled notes of folders and of all folders in them, in the order of their paths.

    Raises:
        GoldError: A folder holds no labels, a note none, labels no note; or labels are damaged or do not fit.
        NoteError: A note cannot be read.
    """
    found: dict[Path, LabelledNote] = {}
    matcher = Matcher(load_evaluation())
    for root in folders:
        for path in label_files(root):
            if path.resolve() in found:
                continue
            labels = read_labels(path)
            if labels is not None:
                found[path.resolve()] = _with_note(root, path, labels, pack, matcher)
    return tuple(found.values())


def label_files(root: Path) -> tuple[Path, ...]:
    """Return the files of labels below a folder; those of second labellers are left out.

    Raises:
        GoldError: There is no such folder or no such file, or a note has no labels.
    """
    if not root.is_dir():
        msg = f"{root}: no such folder; give one that holds NAME{NOTE} and NAME{LABELS}"
        raise GoldError(msg)
    files = tuple(_below(root, LABELS))
    if not files:
        msg = f"{root}: holds no NAME{LABELS}; label its notes as docs/accuracy.md says"
        raise GoldError(msg)
    stems = {path.with_name(name_of(path)) for path in files}
    for note in _below(root, NOTE):
        if note.with_suffix("") not in stems and note.with_suffix("").with_suffix("") not in stems:
            msg = f"{note}: has no labels; write {note.stem}{LABELS} beside it, or move the note out of the folder"
            raise GoldError(msg)
    return files


def name_of(path: Path) -> str:
    """Return NAME of ``NAME.gold.json``."""
    return path.name.removesuffix(LABELS)


def read_labels(path: Path) -> Labels | None:
    """Read one file of labels.

    Returns: None for the labels of a pair of notes, which hold no ``facts`` and are not judged here.

    Raises:
        GoldError: The file is no JSON, or holds what no labels hold.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        msg = f"{path}: no JSON at line {error.lineno}, column {error.colno} ({error.msg}); mend it there"
        raise GoldError(msg) from None
    except UnicodeDecodeError:
        msg = f"{path}: not in UTF-8; save it again in UTF-8"
        raise GoldError(msg) from None
    except OSError as error:
        raise GoldError(_unreadable(path, error)) from None
    if isinstance(raw, dict) and "facts" not in raw and "agree" in raw:
        return None
    try:
        return LabelFile.model_validate_json(json.dumps(raw)).as_labels()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        msg = f"{path}: {where or 'top level'}: {first['msg']}; mend it as docs/accuracy.md says"
        raise GoldError(msg) from None


def note_text(path: Path) -> str | None:
    """Return the text of the note beside labels; None where there is no note.

    Args:
        path: Of the labels.

    Raises:
        GoldError: The note cannot be opened.
        NoteError: It is no note.
    """
    note = path.with_name(name_of(path) + NOTE)
    return _read_note(note).text if note.is_file() else None


def split_of(path: Path) -> Split:
    """Tell by the folders of a path whether rules were written while its misses were looked at."""
    for part in reversed(path.resolve().parent.parts):
        for prefix, split in _SPLITS.items():
            if part.startswith(prefix):
                return split
    return Split.OWN


def voice_of(root: Path, path: Path) -> str:
    """Return the folder of a file, below the folder that was given."""
    within = path.parent.relative_to(root)
    return within.as_posix() if within.parts else root.resolve().name


def _below(root: Path, ending: str) -> Iterator[Path]:
    for path in sorted(root.rglob(f"*{ending}")):
        folders = path.relative_to(root).parts[:-1]
        if SECOND not in folders and not any(each.startswith(".") for each in folders):
            yield path


def _with_note(
    root: Path, path: Path, labels: Labels, pack: RulePack, matcher: Matcher
) -> LabelledNote:
    note_path = path.with_name(name_of(path) + NOTE)
    if not note_path.is_file():
        msg = f"{path}: has no note; put {note_path.name} beside it"
        raise GoldError(msg)
    note = _read_note(note_path)
    check_labels(path, labels, note.text, pack, matcher)
    return LabelledNote(
        note=note,
        labels=labels,
        voice=voice_of(root, path),
        split=split_of(path),
        path=note_path,
    )


def _read_note(path: Path) -> Note:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GoldError(_unreadable(path, error)) from None
    return read_note(data, note_id=path.stem, name=str(path))


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path}: cannot be read ({error.strerror}); check the file and who may read it"
