"""What is learned about items of a checklist that are short: whether the note does not tell them, or scribe does not read them."""
