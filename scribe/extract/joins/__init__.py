"""Who was joined to whom, and how: from the words of one sentence to joins that the whole note tells."""
