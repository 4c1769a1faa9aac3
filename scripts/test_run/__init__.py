"""Runs the checks and tests part by part, apart from any running instance, and proves that nothing is left behind."""
