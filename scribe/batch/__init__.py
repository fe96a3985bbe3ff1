"""Many notes at once: find them, analyse each content once, write tables, a report and what can be compared later.

One bad file is one failed row. What runs where is an engine's business; the task and its results are the same for all engines.
"""
