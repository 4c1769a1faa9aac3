"""Programs around the project: set-up, start, test run and the files that are generated."""
