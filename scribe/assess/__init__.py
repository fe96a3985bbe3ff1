"""Facts to assessments: how fully the note documents what each code, and any operative report, asks for."""
