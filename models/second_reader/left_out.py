"""Readers fitted without some voices, for what learns behind the reader: there it has to meet notes as new to it as a user's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models.second_reader.trial import with_reader
from scribe.suggest.reader.weights import ReaderNumbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.pipeline import Analyzer

FOLDER: Final = Path(__file__).with_name("left_out")
"""Made by the training of the reader and not kept with the code: it is seven times as large as what is shipped."""


class LeftOutReaders:
    """Analyzers by voice, each with a reader that never saw the voice."""

    def __init__(self, analyzer: Analyzer, folder: Path = FOLDER) -> None:
        """Read what the training of the reader left.

        Args:
            analyzer: Asks the same models, with the reader that is shipped; voices that it did not learn from are read with it.
            folder: Holds one file a fold.

        Raises:
            FileNotFoundError: The reader was not trained on this machine.
        """
        self._analyzer = analyzer
        self._by_voice: dict[str, Analyzer] = {}
        files = sorted(folder.glob("*.json"))
        if not files:
            msg = f"{folder} holds no readers; run python -m models.second_reader.train"
            raise FileNotFoundError(msg)
        for file in files:
            kept = json.loads(file.read_text("utf-8"))
            numbers = ReaderNumbers.model_validate_json(json.dumps(kept["numbers"]))
            reader = analyzer.with_models(with_reader(analyzer, numbers))
            self._by_voice |= dict.fromkeys(kept["voices"], reader)

    def analyzer(self, voice: str) -> Analyzer:
        """Return an analyzer that has not seen a voice."""
        return self._by_voice.get(voice, self._analyzer)


def write_left_out(readers: Mapping[str, ReaderNumbers], folder: Path = FOLDER) -> None:
    """Write the readers of a training.

    Args:
        readers: By the voice that each was fitted without.
        folder: Its former files are removed.
    """
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.json"):
        file.unlink()
    voices: dict[int, list[str]] = {}
    for voice, numbers in readers.items():
        voices.setdefault(id(numbers), []).append(voice)
    told = {id(numbers): numbers for numbers in readers.values()}
    for at, (key, own) in enumerate(voices.items()):
        kept = {"voices": own, "numbers": told[key].model_dump(mode="json")}
        (folder / f"fold_{at}.json").write_text(json.dumps(kept) + "\n", "utf-8")
