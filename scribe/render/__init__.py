"""Analyses as JSON, terminal report, HTML page and Markdown. One renderer a module."""
