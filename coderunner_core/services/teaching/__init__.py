"""Classes: who is in them, how students come in, and what is set to them."""
