"""Group commit: what has queued up goes in one transaction, each caller's own failure apart."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from asklearn.core.errors import StorageError
from asklearn.store.failures import storage_errors
from asklearn.store.file_lock import FileLock
from asklearn.store.transaction import Transaction

R = TypeVar("R")
Clock = Callable[[], int]


@dataclass(slots=True)
class Job:
    """A write that waits for its turn, and its outcome; it may be run again after a rollback."""

    work: Callable[[Transaction], Any]
    outcome: Future[Any] = field(default_factory=Future)


def commit(connection: Connection, clock: Clock, works: Sequence[Callable[[Transaction], Any]]) -> list[Any]:
    """Run writes in one transaction; returns their results, or the errors of those that failed among others.

    Raises
    ------
    Exception
        When the database itself failed, or the only write did: then nothing was written.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        transaction = Transaction(connection, clock())
        alone = len(works) == 1
        results = [_run(transaction, work) if alone else _attempt(transaction, work) for work in works]
        transaction.end()
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise
    return results


def _run(transaction: Transaction, work: Callable[[Transaction], Any]) -> Any:
    result = work(transaction)
    transaction.end_job()
    return result


def _attempt(transaction: Transaction, work: Callable[[Transaction], Any]) -> Any:
    mark = transaction.mark()
    transaction.connection.exec_driver_sql("SAVEPOINT job")
    try:
        result = _run(transaction, work)
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 — whatever it is, it belongs to this caller alone
        transaction.connection.exec_driver_sql("ROLLBACK TO job")
        transaction.back_to(mark)
        result = error
    transaction.connection.exec_driver_sql("RELEASE job")
    return result


def _roll_back(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    if driver.in_transaction:  # SQLite ends it by itself when the disk is full
        driver.rollback()


class GroupCommit:
    """The one writer of a process for a file: a thread that commits what has queued up.

    Parameters
    ----------
    connection : Connection
        Used by the writer only.
    lock : FileLock
        Held around each group and its checkpoint.
    clock : callable
        The store's time.
    place : str
        Name of the file, for errors.
    checkpoint : callable
        Called after each group, when its callers have their answers.
    patience : float
        Seconds that a caller waits for other processes before it gets an error.
    """

    def __init__(
        self,
        connection: Connection,
        lock: FileLock,
        clock: Clock,
        *,
        place: str,
        checkpoint: Callable[[], None],
        patience: float = 30.0,
    ) -> None:
        self._connection, self._lock, self._clock = connection, lock, clock
        self._place, self._checkpoint, self._patience = place, checkpoint, patience
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._pid = os.getpid()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="asklearn-store", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Transaction], R]) -> R:
        """Run a write and return its result once it is durable.

        Raises
        ------
        StorageError
            When the disk fails, another process holds the lock for too long, or the store is closed.
        """
        self.refuse_misuse()
        job = Job(work)
        self._jobs.put(job)
        try:
            result: R = job.outcome.result(self._patience)
        except NotYet:
            if job.outcome.cancel():
                raise StorageError(
                    f"Another process has held the lock of {self._place} for {self._patience:.0f} seconds; "
                    "nothing was written: close it, or try again."
                ) from None
            result = job.outcome.result()
        return result

    def close(self) -> None:
        """Write what is waiting and stop."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    def refuse_misuse(self) -> None:
        """Raise when the store is closed, or was opened by the process that this one was forked from."""
        if self._closed:
            raise StorageError(f"{self._place} is closed; open the project again.")
        if self._pid != os.getpid():
            raise StorageError(
                f"{self._place} was opened before this process was forked; open it again here."
            )

    def _serve(self) -> None:
        while first := self._jobs.get():
            group = [first]
            try:
                with storage_errors(self._place), self._lock.held():
                    group = self._ready(first)
                    self._write(group)
                    self._checkpoint()
            except Exception as error:  # noqa: BLE001 — no caller may wait for ever
                _settle(group, [error] * len(group))

    def _ready(self, first: Job) -> list[Job]:
        group = [first]
        try:
            while job := self._jobs.get_nowait():
                group.append(job)
            self._jobs.put(None)
        except Empty:
            pass
        return [job for job in group if job.outcome.set_running_or_notify_cancel()]

    def _write(self, group: Sequence[Job]) -> None:
        if not group:
            return
        try:
            with storage_errors(self._place):
                results = commit(self._connection, self._clock, [job.work for job in group])
        except Exception as error:  # noqa: BLE001 — reported to the callers
            if len(group) == 1:
                _settle(group, [error])
            for job in group if len(group) > 1 else ():
                self._write([job])
        else:
            _settle(group, results)


def _settle(group: Sequence[Job], results: Iterable[Any]) -> None:
    for job, result in zip(group, results, strict=True):
        if job.outcome.done():
            continue
        if isinstance(result, Exception):
            job.outcome.set_exception(result)
        else:
            job.outcome.set_result(result)
