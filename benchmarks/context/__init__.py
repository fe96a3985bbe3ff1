"""How well a note's way of meaning a phrase is read: done, denied, planned, past, uncertain, or no fact at all."""
