"""A file locked for as long as a process lives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asklearn.core.errors import StorageError


@contextmanager
def held(path: Path) -> Iterator[int | None]:
    """Lock a file, made when missing; yields its descriptor, or None when another process has it.

    The lock belongs to the open file: the system drops it when the process ends, however it ends.
    Nothing reads the lock's age or a process number, so a stale file never keeps anyone out.

    Raises
    ------
    StorageError
        When the file can be neither opened nor made.
    """
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        yield file if _lock(file) else None
    finally:
        os.close(file)


def is_held(path: Path) -> bool:
    """Whether a process holds the file's lock now."""
    if not path.exists():
        return False
    with held(path) as file:
        return file is None


def _lock(file: int) -> bool:
    if os.name == "nt":
        import msvcrt

        try:
            # far behind any content: Windows locks bytes against reading too
            os.lseek(file, 1 << 30, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
