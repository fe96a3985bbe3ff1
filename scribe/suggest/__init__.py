"""Facts and assessments to a suggestion: the code that the documentation supports, or an explicit abstention."""
