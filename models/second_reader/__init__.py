"""Trains the second reader: facts that no rule gave."""
