"""Write the expected analyses again (``make golden``); the diff is for a person to read."""

from __future__ import annotations

from scribe.pipeline import Analyzer
from tests.golden.expected import HERE, golden_path, sample_paths, written
from tests.golden.expected_evaluation import EVALUATION, written_evaluation


def main() -> None:
    """Write one file for each sample note, remove those without one, and write an evaluation in every format."""
    analyzer = Analyzer()
    samples = sample_paths()
    for stale in {*HERE.glob("*.json")} - {golden_path(each) for each in samples}:
        stale.unlink()
    for sample in samples:
        golden_path(sample).write_text(written(analyzer, sample), "utf-8")
    for name, text in written_evaluation().items():
        (EVALUATION / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
