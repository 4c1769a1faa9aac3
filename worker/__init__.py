"""Takes one job from the queue, has it run in the sandbox, stores and announces the outcome."""
