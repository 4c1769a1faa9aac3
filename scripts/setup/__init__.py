"""Brings a bare machine to the point where the project runs: one small module per step, standard library only.

Every step looks first and does only what is missing, so that a second set-up takes seconds. What a step cannot do
(no root, no registry) it names, with the command that a person can run.
"""
