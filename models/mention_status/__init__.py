"""A learned status and role of a mention, tried beside the rules: ``python -m models.mention_status.ablation``."""
