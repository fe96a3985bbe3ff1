"""Facts, assessments and suggestion to findings: what to fix, ask or watch."""

from scribe.review.reading import with_reading
from scribe.review.review import review_note

__all__ = ["review_note", "with_reading"]
