"""One file with everything that an embedded installation keeps, made while it runs, and an installation made of it."""

from coderunner_core.backup.manifest import Manifest
from coderunner_core.backup.restoring import restore
from coderunner_core.backup.saving import save

__all__ = ["Manifest", "restore", "save"]
