"""The learned second opinion on the code: ``python -m models.code_suggester.train``."""
