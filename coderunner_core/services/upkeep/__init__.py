"""What keeps an installation in order, and what its admins read of it: the log, the bill, the hourly round."""
