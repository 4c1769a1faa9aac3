"""The container's command: a file in the image, so that its code is compiled beforehand and never sent."""

from box import supervisor  # type: ignore[import-not-found]

# main() returns only in a process that is to become a student's program: from here, so that none of the trusted
# frames is under the student's.
supervisor.main().run()
