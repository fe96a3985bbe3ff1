"""The text of an HTML page or of XHTML inside another document: what a reader would see, line by line."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from scribe.read.decode import decode

# Not the head: its end may be left out, and all that it can hold beside these is empty. Word puts who wrote a page into xml.
_HIDDEN: Final = frozenset({"script", "style", "title", "template", "noscript", "svg", "xml"})
_BLOCKS: Final = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "form",
    }
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
    }
    | {"tbody", "tfoot", "thead", "tr", "ul"}
)
_CELLS: Final = frozenset({"td", "th"})
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]+")
_BLANK: Final = re.compile(r"\n{3,}")
_CHARSET: Final = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD: Final = 2048


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._edge(tag)
        self._hidden += tag in _HIDDEN
        self._verbatim += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._edge(tag)

    def handle_endtag(self, tag: str) -> None:
        self._edge(tag)
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        self._verbatim = max(0, self._verbatim - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data if self._verbatim else _SPACE.sub(" ", data))

    def _edge(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append("\t")


def html_text(page: str) -> str:
    """Return the text of a page: blocks are lines, cells are set apart by a tab, scripts and styles are left out."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    lines = (
        re.sub(r" *\t[ \t]*", "\t", line).strip(" \t") for line in "".join(parser.parts).split("\n")
    )
    return _BLANK.sub("\n\n", "\n".join(lines)).strip("\n")


def read_html(raw: bytes, name: str) -> str:
    """Read an HTML page.

    Raises:
        UnreadableNote: It is damaged or wrongly encoded.
    """
    declared = _CHARSET.search(raw[:_HEAD])
    if declared and declared[1].lower() in {b"iso-8859-1", b"windows-1252", b"latin1"}:
        return html_text(raw.decode("cp1252", errors="replace"))
    return html_text(decode(raw, name))
