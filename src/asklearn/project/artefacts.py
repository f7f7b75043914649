"""Model folders: written once, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from asklearn.core.errors import StorageError
from asklearn.core.ids import new_key

_TEMPORARY = ".tmp-"


def write_once(parent: Path, name: str, fill: Callable[[Path], None]) -> str:
    """Make ``parent/name`` by filling a temporary folder, syncing it and renaming it.

    Returns
    -------
    str
        SHA-256 over the names and contents of its files.

    Raises
    ------
    StorageError
        When the disk is full or read-only; nothing is left behind.
    """
    draft = parent / f"{_TEMPORARY}{new_key()}"
    try:
        draft.mkdir(parents=True)
        fill(draft)
        digest = _sync(draft)
        target = parent / name
        if target.exists():
            shutil.rmtree(target)
        draft.rename(target)
        _sync_folder(parent)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise StorageError(
            f"{parent / name} could not be written: {error.strerror or error}. "
            "Free some space, then try again."
        ) from None
    return digest


def manifest(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's files."""
    digest = sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def remove_orphans(parent: Path, committed: Iterable[str]) -> list[str]:
    """Delete drafts and folders that no committed round names; returns their names."""
    if not parent.is_dir():
        return []
    keep = set(committed)
    orphans = [path for path in parent.iterdir() if path.is_dir() and path.name not in keep]
    for path in orphans:
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in orphans]


def _sync(folder: Path) -> str:
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)
    return manifest(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
