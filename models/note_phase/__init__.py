"""A learned phase of sentences that no heading governs, tried beside the rules: ``python -m models.note_phase.ablation``."""
