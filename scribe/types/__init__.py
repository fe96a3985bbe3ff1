"""The nouns that flow through the pipeline: frozen, without behaviour beyond their invariants."""
