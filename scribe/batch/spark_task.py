"""What runs inside Spark's workers: importable, so that it is sent by name; the analyzer is built once a process."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from scribe.batch.discover import Discovery, too_large
from scribe.batch.item import Job, Settings, digest_of
from scribe.batch.run import name_of, refusal
from scribe.batch.tables import Columns, note_of
from scribe.batch.task import answer
from scribe.discretion import silence
from scribe.errors import NoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scribe.batch.item import Answer, Found

ITEM_SCHEMA = "place string, part long, digest string, note_id string, surgeon string, date string, refusal string"
ANSWER_SCHEMA = "answer string"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """How a worker turns the rows of Spark into notes.

    Attributes:
        prefixes: Start of a Spark path and what stands for it in the results, for paths given as local ones.
        columns: Which columns of a table hold what.
        is_table: Whether rows are notes; else they are files.
    """

    prefixes: tuple[tuple[str, str], ...]
    columns: Columns
    is_table: bool

    def notes(self, row: dict[str, Any]) -> Iterator[Found]:
        """Yield the notes of one row of Spark."""
        place = self._place(row["path"])
        if not self.is_table:
            content = row["content"]
            discovery = Discovery(columns=self.columns)
            yield from [too_large(place)] if content is None else discovery.inside(place, content)
            return
        stem = place.rsplit("/", 1)[-1].partition(".")[0]
        yield note_of(place, stem, row["row_index"] + 1, row, self.columns)

    def _place(self, path: str) -> str:
        for start, shown in self.prefixes:
            for form in (path, unquote(path)):
                if form == start:
                    return shown
                if form.startswith(f"{start}/"):
                    return f"{shown}{form[len(start) :]}"
        return path


def item_rows(lookup: Lookup, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what the record has to know of every note, without its content."""
    for row in rows:
        for found in lookup.notes(row):
            digest, refused = "", None
            try:
                digest = digest_of(found.load())
            except NoteError as error:
                failure = refusal(found, error)
                digest, refused = failure.digest, json.dumps(asdict(failure), ensure_ascii=False)
            yield {
                "place": found.place,
                "part": found.part,
                "digest": digest,
                "note_id": found.note_id,
                "surgeon": found.surgeon,
                "date": found.date,
                "refusal": refused,
            }


def answer_rows(
    lookup: Lookup, settings: Settings, wanted: frozenset[str], rows: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield the answer for every content that is wanted.

    Args:
        lookup: How rows become notes.
        settings: What is wanted beside the analysis.
        wanted: Names of the notes that stand for their content.
        rows: The rows of Spark.
    """
    silence(2)  # Spark itself speaks over the other one
    for row in rows:
        for found in lookup.notes(row):
            name = name_of(found)
            if name in wanted:
                content = found.load()
                job = Job(
                    digest=digest_of(content), place=name, note_id=found.note_id, content=content
                )
                yield {"answer": answer_as_text(answer(job, settings))}


def answer_as_text(given: Answer) -> str:
    """Return an answer as one string, for a column of Spark."""
    return json.dumps(asdict(given), ensure_ascii=False)
