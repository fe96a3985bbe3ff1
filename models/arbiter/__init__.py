"""What is learned about disagreeing signs: what was moved, and whether one has to ask."""
