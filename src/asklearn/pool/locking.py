"""One writer at a time, across processes and threads; readers never wait."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from asklearn.core.errors import StorageError
from asklearn.core.files import storage_errors

_PAUSE = 0.02


@contextlib.contextmanager
def writing(folder: Path, *, seconds: float = 600.0) -> Iterator[None]:
    """Hold the folder's write lock within the block; the system lets go of it when a process dies.

    Raises
    ------
    StorageError
        When another process still holds it after ``seconds``.
    """
    with storage_errors(folder):
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + seconds
        while not _take(descriptor):
            if time.monotonic() >= deadline:
                raise StorageError(f"Another process is writing to {folder}; wait until it is done.")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    if sys.platform == "win32":  # pragma: no cover
        return _take_windows(descriptor)
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _take_windows(descriptor: int) -> bool:  # pragma: no cover - Windows
    import msvcrt

    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
