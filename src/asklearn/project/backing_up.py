"""A consistent copy of a project's folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from asklearn.core.errors import InputError, StorageError
from asklearn.pool.locking import writing
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
        with writing(ws.folder / "pool"):  # an import that ends meanwhile would change files under the copy
            _copy(ws.folder, target, "pool")
        for name in ("models", "reference"):
            _copy(ws.folder, target, name)
    except OSError as error:
        raise StorageError(f"The backup to {target} failed: {error.strerror or error}.") from None
    return target


def _copy(folder: Path, target: Path, name: str) -> None:
    if (folder / name).is_dir():
        leave_out = shutil.ignore_patterns(".tmp-*", "*.lock")
        shutil.copytree(folder / name, target / name, ignore=leave_out)
