"""Connections: a file that many processes share, or memory."""

from __future__ import annotations

import os
import sys
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from asklearn.core.errors import StorageError
from asklearn.store.failures import storage_errors
from asklearn.store.file_lock import FileLock
from asklearn.store.filesystems import refuse_network
from asklearn.store.group_commit import Clock, GroupCommit, commit
from asklearn.store.schema import ensure
from asklearn.store.transaction import Transaction

R = TypeVar("R")

_READERS = 8
_GROUPS_BETWEEN_CHECKPOINTS = 200
_GROWTH_BETWEEN_CHECKPOINTS = 4 << 20
_PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is forgotten is overwritten
    "wal_autocheckpoint = 0",  # see _Checkpoint
    "journal_size_limit = 1048576",
    "cache_size = -16000",
    "temp_store = MEMORY",
)
_MACOS_PRAGMAS = ("fullfsync = ON", "checkpoint_fullfsync = ON")


class Database(Protocol):
    """Runs reads on a consistent snapshot and writes durably, from any thread."""

    def read(self, query: Callable[[Connection], R]) -> R:
        """The query's result."""
        ...

    def write(self, work: Callable[[Transaction], R]) -> R:
        """The work's result, once committed."""
        ...

    def scrub(self) -> None:
        """Leave no trace of what was deleted."""
        ...

    def close(self) -> None:
        """Close connections."""
        ...


class MemoryDatabase:
    """One connection to an SQLite database in memory, used by one thread at a time."""

    def __init__(self, clock: Clock) -> None:
        self._engine = _engine("", StaticPool)
        self._connection, self._clock = self._engine.connect(), clock
        self._mutex = threading.RLock()
        ensure(self._connection, "memory")
        weakref.finalize(self, _dispose, self._connection, self._engine)

    def read(self, query: Callable[[Connection], R]) -> R:
        """See `Database.read`."""
        with self._mutex:
            return query(self._open())

    def write(self, work: Callable[[Transaction], R]) -> R:
        """See `Database.write`."""
        with self._mutex:
            result: R = commit(self._open(), self._clock, [work])[0]
        return result

    def scrub(self) -> None:
        """See `Database.scrub`; ``secure_delete`` has done it."""

    def close(self) -> None:
        """See `Database.close`."""
        with self._mutex:
            _dispose(self._connection, self._engine)

    def _open(self) -> Connection:
        if self._connection.closed:
            raise StorageError("The store in memory is closed; make a new project.")
        return self._connection


class FileDatabase:
    """A file in WAL mode: readers in a pool, one writer per process, a lock file between processes.

    Parameters
    ----------
    path : Path
        Made when missing, in a folder that exists.
    clock : callable
        The store's time.

    Raises
    ------
    StorageError
        On a network file system, a damaged file, a folder that cannot be written.
    VersionMismatch
        When a newer asklearn made it.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path, self._place = path, str(path)
        refuse_network(path.parent)
        with storage_errors(self._place):
            self._lock = FileLock(path.with_suffix(".lock"))
            self._engine = _engine(str(path), QueuePool, pool_size=_READERS + 1, max_overflow=0)
            try:
                connection = self._prepare()
            except BaseException:
                _shut(os.getpid(), None, None, self._engine, self._lock)
                raise
        self._checkpoint = _Checkpoint(connection, path)
        self._writer = GroupCommit(
            connection, self._lock, clock, place=self._place, checkpoint=self._checkpoint
        )
        parts = (self._writer, connection, self._engine, self._lock)
        self._shut = weakref.finalize(self, _shut, os.getpid(), *parts)

    def _prepare(self) -> Connection:
        with self._lock.held():
            connection = self._engine.connect()
            try:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                ensure(connection, self._place)
            except BaseException:
                connection.close()
                raise
        return connection

    def read(self, query: Callable[[Connection], R]) -> R:
        """See `Database.read`."""
        self._writer.refuse_misuse()
        with storage_errors(self._place), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            result = query(connection)
            connection.exec_driver_sql("COMMIT")
        return result

    def write(self, work: Callable[[Transaction], R]) -> R:
        """See `Database.write`."""
        return self._writer.run(work)

    def scrub(self) -> None:
        """See `Database.scrub`: the log, which may still hold it, is emptied."""
        self._checkpoint.thorough = True
        for _ in range(2):  # the second returns when the checkpoint after the first is done
            self.write(lambda _: None)

    def close(self) -> None:
        """See `Database.close`."""
        self._shut()


class _Checkpoint:
    """Moves the log into the file now and then, after the answers have left and under the lock."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection, self._log = connection, path.with_name(path.name + "-wal")
        self._groups, self._size = 0, 0
        self.thorough = False

    def __call__(self) -> None:
        self._groups += 1
        size = self._log_size()
        self._size = min(self._size, size)  # SQLite shortens the log when it starts over
        grown = size - self._size
        due = self._groups >= _GROUPS_BETWEEN_CHECKPOINTS or grown >= _GROWTH_BETWEEN_CHECKPOINTS
        if due or self.thorough:
            self._run("TRUNCATE" if self.thorough else "PASSIVE")
            self._groups, self._size = 0, size

    def _run(self, mode: str) -> None:
        try:
            busy = self._connection.exec_driver_sql(f"PRAGMA wal_checkpoint({mode})").one()[0]
        except DBAPIError:  # a full disk: the log stays the truth, and the next write says so
            return
        self.thorough = self.thorough and bool(busy)

    def _log_size(self) -> int:
        try:
            return self._log.stat().st_size
        except OSError:
            return 0


def _engine(path: str, pool: Any, **options: Any) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=path or None),
        poolclass=pool,
        isolation_level="AUTOCOMMIT",  # transactions are begun and ended in words, here and in `commit`
        connect_args={"check_same_thread": False, "timeout": 10.0},
        **options,
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: Any, _record: Any) -> None:
    try:
        for pragma in (*_PRAGMAS, *(_MACOS_PRAGMAS if sys.platform == "darwin" else ())):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise


def _dispose(connection: Connection, engine: Engine) -> None:
    connection.close()
    engine.dispose()


def _shut(
    pid: int, writer: GroupCommit | None, connection: Connection | None, engine: Engine, lock: FileLock
) -> None:
    if pid != os.getpid():  # after a fork the connections belong to the parent
        return
    if writer is not None:
        writer.close()
    with lock.held():
        if connection is not None:
            connection.close()
        engine.dispose()
    lock.close()
