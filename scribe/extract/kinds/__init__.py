"""One module for each kind of value that a fact may have."""
