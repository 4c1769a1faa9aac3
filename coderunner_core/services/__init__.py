"""What one can do here: verbs of the domain, async, the actor first. Each checks by itself who asks."""
