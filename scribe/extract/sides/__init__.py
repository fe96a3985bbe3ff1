"""Left and right: to which place of the body a side is tied, and whose place it is."""
