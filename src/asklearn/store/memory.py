"""A store in memory: for tests and projects without a folder."""

from __future__ import annotations

from asklearn.core.clock import now
from asklearn.store.database import MemoryDatabase
from asklearn.store.group_commit import Clock
from asklearn.store.sql_store import SqlStore


class MemoryStore(SqlStore):
    """The same tables and statements as `asklearn.store.SqliteStore`, in memory; gone when closed.

    Parameters
    ----------
    clock : callable, optional
        The store's time, microseconds since 1970 UTC.
    """

    def __init__(self, *, clock: Clock = now) -> None:
        super().__init__(MemoryDatabase(clock), clock)

    def __repr__(self) -> str:
        return "MemoryStore()"
