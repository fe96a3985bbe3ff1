"""The web form and the HTTP API of scribe; not written yet."""
