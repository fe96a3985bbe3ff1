"""The templates of the page. Every word of a note is escaped by them, wherever it stands."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from scribe.render.summary import percent, snippet, status_words, visible
from scribe_api.samples import load_samples


class Looks:
    """The templates and the sample notes."""

    def __init__(self) -> None:
        self.samples = load_samples()
        self._environment = Environment(
            loader=PackageLoader("scribe_api"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            percent=percent, snippet=snippet, status_words=status_words, visible=visible
        )

    def draw(self, template: str, **values: Any) -> str:
        """Return a template filled with values."""
        return self._environment.get_template(template).render(samples=self.samples, **values)
