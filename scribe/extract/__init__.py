"""From sentences of tagged words to facts with evidence; no NLP library is needed from here on."""
