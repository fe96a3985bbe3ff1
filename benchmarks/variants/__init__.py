"""How variants of labelled notes are read, beside the notes that they were made from."""
