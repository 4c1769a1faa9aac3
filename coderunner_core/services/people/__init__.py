"""Accounts and what becomes of them: made, signed in, mended for others, changed by their owners, deleted."""
