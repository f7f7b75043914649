"""A consistent copy of a project's folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from asklearn.core.errors import InputError, StorageError
from asklearn.project.settings import FILE_NAME
from asklearn.project.workspace import BROUGHT, Workspace


def back_up(ws: Workspace, target: Path) -> Path:
    """Copy settings, store, pool, models and the learner's file; features are computed anew from them.

    Raises
    ------
    InputError
        When the target is there already.
    """
    if ws.folder is None:
        raise InputError("A project in memory has no folder to back up; export its labels instead.")
    if target.exists():
        raise InputError(f"{target} is there already; a backup goes to a new folder.")
    try:
        target.mkdir(parents=True)
        ws.store.backup(str(target / "store.db"))
        for name in (FILE_NAME, "learner.skops", BROUGHT):
            if (ws.folder / name).exists():
                shutil.copy2(ws.folder / name, target / name)
        for name in ("pool", "models", "reference"):
            if (ws.folder / name).is_dir():
                shutil.copytree(
                    ws.folder / name, target / name, ignore=shutil.ignore_patterns(".tmp-*", "*.lock")
                )
    except OSError as error:
        raise StorageError(f"The backup to {target} failed: {error.strerror or error}.") from None
    return target
