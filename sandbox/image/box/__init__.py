"""The code that runs inside the container: supervisor (PID 1), leader (one per start), program (the student's)."""
