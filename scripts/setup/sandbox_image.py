"""The image that student programs run in, built once per content of sandbox/image/."""

from __future__ import annotations

from scripts.setup import base_image, engine_api, stamps
from scripts.setup.place import BUILD, PYTHON, ROOT, setting
from scripts.setup.shell import run

_SOURCE = ROOT / "sandbox" / "image"
_STAMP = BUILD / "stamps" / "sandbox-image"


def ensure() -> str:
    """Build the image unless the engine has the one that was built from these very files."""
    name = setting("SANDBOX_IMAGE", "coderunner-sandbox").partition(":")[0]
    tag = f"{name}:{(_SOURCE / 'VERSION').read_text().strip()}"
    source = stamps.fingerprint([_SOURCE], base_image.name())
    if stamps.is_current(_STAMP, f"{source} {engine_api.image_id(tag)}"):
        return f"{tag} is there"
    run([str(PYTHON), "-m", "sandbox", "build", "--base", base_image.name()], what="building the sandbox image")
    stamps.write(_STAMP, f"{source} {engine_api.image_id(tag)}")
    return f"{tag} built"
