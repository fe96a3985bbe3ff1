"""Write the pages that come from the rule pack, the figures of accuracy, and the report shown in the README (``make docs``).

A test fails when one of them is stale.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docs.figures import load_metrics, with_figures
from docs.learned_rows import with_learned_rows
from scribe.pipeline import Analyzer, read_note
from scribe.render.as_terminal import as_terminal
from scribe.rules.pack import RulePack, load_evaluation, load_pack
from scribe.rules.schema import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"
ACCURACY = HERE / "accuracy.md"
_REPORT = re.compile(r"(<!-- report of (\S+): [^>]*-->\n).*?(<!-- end of report -->)", re.DOTALL)
_ENDS_BEFORE = "Checklist of "
_NOTICE = "This page is generated from `patterns/` by `make docs`; change the rules, not the page."
_STRENGTH = {Level.REQUIRED: "R", Level.DERIVED: "r", Level.OPTIONAL: "o"}


def codes_page(pack: RulePack) -> str:
    """Return the table of codes and of what each asks for."""
    codes = pack.codes
    lines = [
        "# The codes",
        "",
        f"{_NOTICE} Rule pack {pack.version}.",
        "",
        "Titles are this project's own wording, not the code book's.",
        "CPT is a registered trademark of the American Medical Association.",
        "",
        *_table(
            ("code", "title", "donor", "skin", "total RVU", "national rate USD", "year"),
            (
                (
                    code,
                    spec.title,
                    spec.donor.label,
                    "yes" if spec.skin else "no",
                    f"{spec.rvu.total:.2f}",
                    f"{spec.payment.usd:,.2f}",
                    str(spec.rvu.year),
                )
                for code, spec in codes.items()
            ),
        ),
        "",
        "## What each code asks for",
        "",
        "R: the reference page of the code asks for it. r: it follows from what the code is.",
        "o: good practice, recommended only. Blank: not asked for.",
        "",
        *_table(
            ("item", *codes),
            (
                (f"{rule.label} (`{name}`)", *(_strength(pack, code, name) for code in codes))
                for name, rule in pack.requirements.items()
            ),
        ),
    ]
    return "\n".join(lines) + "\n"


def conflicts_page(pack: RulePack) -> str:
    """Return the register of public statements that contradict each other or the truth."""
    lines = ["# Conflict register", "", _NOTICE, ""]
    lines += [
        "Public pages about these codes contradict each other, and some are wrong. What was read, why",
        "it does not hold, and what the rules do instead:",
    ]
    for entry in pack.disagreements.root:
        lines += ["", f"## {entry.id.replace('_', ' ')}", ""]
        lines += [
            f"- Said: {entry.statement}",
            f"- But: {entry.why_not}",
            f"- Here: {entry.ruling}",
        ]
        if entry.touches:
            lines.append(f"- Codes: {', '.join(entry.touches)}")
        lines.append(f"- Sources: {'; '.join(_source(pack, each) for each in entry.sources)}")
    return "\n".join(lines) + "\n"


PAGES = {"codes.md": codes_page, "conflicts.md": conflicts_page}


def readme(analyzer: Analyzer) -> str:
    """Return the README with the start of the report of the note that it names, the rows of learned models, and the figures."""

    def shown(match: re.Match[str]) -> str:
        path = HERE.parent / match[2]
        note = read_note(path.read_bytes(), note_id=path.stem)
        report = as_terminal(analyzer.analyze_note(note)).split(_ENDS_BEFORE)[0].rstrip()
        return f"{match[1]}```text\n{report}\n...\n```\n{match[3]}"

    written = with_learned_rows(README.read_text("utf-8"), analyzer.pack)
    return _measured(_REPORT.sub(shown, written))


def accuracy_page() -> str:
    """Return the page on accuracy with its figures."""
    return _measured(ACCURACY.read_text("utf-8"))


def _measured(text: str) -> str:
    return with_figures(text, load_metrics(), load_evaluation())


def _strength(pack: RulePack, code: str, item: str) -> str:
    spec = pack.codes[code]
    if item not in spec.asks:
        return ""
    return "o" if pack.requirements[item].recommended else _STRENGTH[spec.level(item)]


def _source(pack: RulePack, name: str) -> str:
    source = pack.sources[name]
    return f"[{name}]({source.link})" if source.link else f"{name} ({source.citation})"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [_row(head), _row(tuple("---" for _ in head)), *(_row(row) for row in rows)]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Write every page."""
    pack = load_pack()
    for name, page in PAGES.items():
        (HERE / name).write_text(page(pack), "utf-8")
    ACCURACY.write_text(accuracy_page(), "utf-8")
    README.write_text(readme(Analyzer(pack)), "utf-8")


if __name__ == "__main__":
    main()
