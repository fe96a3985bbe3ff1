"""Learned models: how they are trained and measured. What analyses a note is in ``scribe``."""
