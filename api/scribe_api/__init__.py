"""The web form and the HTTP API of scribe: a thin layer over ``scribe.pipeline.Analyzer``. Stores nothing, calls nobody."""
