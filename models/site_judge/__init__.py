"""The learned judge of recipient sites: its training, figures and card."""
