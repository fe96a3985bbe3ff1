"""The only reader of ``patterns/``: strict YAML in, frozen rules out."""
