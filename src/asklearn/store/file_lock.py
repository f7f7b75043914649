"""The lock file that lets one process at a time write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: SQLite's own locks alone keep writers apart there
    fcntl = None  # type: ignore[assignment]


class FileLock:
    """An exclusive lock between processes, and between stores of one process on the same file.

    The kernel gives it back when its holder dies. It is held around each write transaction, its
    checkpoint and the closing of a connection: SQLite 3.7.0 to 3.51.2 can lose a write that meets a
    checkpoint of another connection, and without it many writing processes starve one another.

    Parameters
    ----------
    path : Path
        Made when missing; never deleted, since another process may wait on it.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it, waiting as long as needed."""
        if fcntl is not None:
            fcntl.flock(self._handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            if fcntl is not None:
                fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Give up the handle."""
        os.close(self._handle)
