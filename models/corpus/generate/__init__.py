"""Variants of labelled notes whose labels stay right by construction."""
