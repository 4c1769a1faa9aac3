"""One file a page: what it is made of, and nothing that it does."""
