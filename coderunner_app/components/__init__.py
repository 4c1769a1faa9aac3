"""What pages are made of: parts that more than one page uses, and wrappers around our own JavaScript."""
