"""The two commands: backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coderunner_core import backup as backups
from coderunner_core import migrations
from coderunner_core.backup.saving import curriculum_version
from coderunner_core.settings import Settings, load_settings

File = Annotated[Path, typer.Argument(help="The backup: one .tar.gz.", show_default=False)]


def backup(
    file: File,
    with_secret: Annotated[
        bool, typer.Option("--with-secret", help="Save the key that signs sessions too: nobody has to sign in again.")
    ] = False,
) -> None:
    """Save everything that this embedded installation keeps into one file, while it runs."""
    manifest = backups.save(load_settings(), file, with_secret=with_secret)
    size_bytes = sum(entry.size_bytes for entry in manifest.files)
    print(f"Saved {len(manifest.files)} files ({size_bytes:,} bytes) to {file} ({file.stat().st_size:,} bytes).")
    for one in manifest.missing:
        print(f"Not in it: {one}. See docs/STORES.md.")


def restore(
    file: File,
    into: Annotated[Path, typer.Option(help="The new data folder; empty, or not there yet.", show_default=False)],
) -> None:
    """Make a data folder of a backup. Nothing that is there already is replaced."""
    manifest = backups.restore(file, into)
    print(f"Restored what was saved at {manifest.made_at} into {into}.")
    for one in manifest.missing:
        print(f"Not in it: {one}.")
    newest = migrations.newest()
    if manifest.schema != newest:
        print(f"Its schema is {manifest.schema}, this release's is {newest}. Before the start:")
        print(f"  DATA_DIR={into} python -m coderunner_core db upgrade")
    if manifest.curriculum != curriculum_version(Settings().curriculum_dir):
        print("The problems have changed since; progress is kept by problem, and old runs name their version.")
    print(f"Start from it with DATA_DIR={into}.")
