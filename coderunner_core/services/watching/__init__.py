"""A class at work, seen live: who is where, which square changed, who is stuck, what somebody types."""
