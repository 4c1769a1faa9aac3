"""The container's command: a file in the image, so that its code is compiled beforehand and never sent."""

from box import forks  # type: ignore[import-not-found]

forks.hold_back()

from box import supervisor  # noqa: E402 - what it imports asks to be called at forks

# main() returns only in a process that is to become a student's program: from here, so that none of the trusted
# frames is under the student's.
supervisor.main().run()
