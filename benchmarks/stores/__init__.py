"""What the hot operations cost with many stored runs, on each driver, and what a run costs in bytes."""
