"""The programs around the project, without the machine that they work on."""
