"""The learned judge of sites, donor and recipient: its training, figures and card."""
