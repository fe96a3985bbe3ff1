"""The learned second reader: facts that no rule gave, from the words, tags and places of a note."""
