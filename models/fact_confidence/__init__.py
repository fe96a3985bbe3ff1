"""The learned confidence of facts: ``python -m models.fact_confidence.train``."""
