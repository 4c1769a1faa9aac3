"""What this platform costs: the cost report's model with its arithmetic put right, and what was measured here."""
