"""SQLite in a file: the default store."""

from __future__ import annotations

import os
from pathlib import Path

from asklearn.core.clock import now
from asklearn.store.database import FileDatabase
from asklearn.store.group_commit import Clock
from asklearn.store.sql_store import SqlStore


class SqliteStore(SqlStore):
    """A store in one file, shared by any number of threads and processes of one machine.

    Parameters
    ----------
    path : path-like
        The file, such as ``tickets/store.db``; made when missing, in a folder that exists. Beside it lie
        SQLite's log and a lock file.
    clock : callable, optional
        The store's time, microseconds since 1970 UTC.

    Raises
    ------
    StorageError
        On a network file system, a damaged file, a folder that is missing or cannot be written.
    VersionMismatch
        When a newer asklearn made it.
    """

    def __init__(self, path: str | os.PathLike[str], *, clock: Clock = now) -> None:
        self.path = Path(path)
        super().__init__(FileDatabase(self.path, clock), clock)

    def __repr__(self) -> str:
        return f"SqliteStore({str(self.path)!r})"
