"""Accuracy on labelled notes, in one command: ``python -m benchmarks.accuracy``."""
