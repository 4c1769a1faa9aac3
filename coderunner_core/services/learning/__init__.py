"""What there is to learn, who sees which of it, how far they are, and what they have typed."""
