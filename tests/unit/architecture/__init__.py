"""Holds the shape of the project: who may import whom, and that what is written down about it is true."""
