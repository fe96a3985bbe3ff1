"""From a note to sections and sentences of tagged words; the only place that knows spaCy and medspaCy."""
