"""One write in progress: its connection, its time, and the counters that it moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from asklearn.store import tables
from asklearn.store.rows import Values, dump

_LOG = insert(tables.events)
_READ = select(tables.counters.c.seq, tables.counters.c.head)
_MOVE = update(tables.counters).values(seq=bindparam("new_seq"), head=bindparam("new_head"))


class Transaction:
    """What a job is given to write with.

    Jobs of one group share it. Events are numbered as they are appended, in the order of the commit,
    and written together when their job ends.

    Attributes
    ----------
    connection : Connection
        Inside an open transaction.
    now : int
        The store's time, microseconds since 1970 UTC.
    seq : int
        Number of the newest event.
    head : int
        The place in the queue that comes next.
    """

    def __init__(self, connection: Connection, now: int) -> None:
        self.connection, self.now = connection, now
        self.seq: int
        self.head: int
        self.seq, self.head = connection.execute(_READ).one()
        self._written = (self.seq, self.head)
        self._events: list[Values] = []

    def event(self, kind: str, *, subject: str = "", actor: str = "", body: Mapping[str, Any]) -> int:
        """Append an event; returns its seq."""
        self.seq += 1
        values = {"seq": self.seq, "at": self.now, "kind": kind, "version": 1}
        self._events.append({**values, "subject": subject, "actor": actor, "body": dump(dict(body))})
        return self.seq

    def mark(self) -> tuple[int, int]:
        """Where to return to when the job that starts now fails."""
        return self.seq, self.head

    def back_to(self, mark: tuple[int, int]) -> None:
        """Undo the counting of a job that failed."""
        self.seq, self.head = mark
        self._events.clear()

    def end_job(self) -> None:
        """Write the job's events."""
        if self._events:
            self.connection.execute(_LOG, self._events)
            self._events = []

    def end(self) -> None:
        """Write the counters, if a job moved them."""
        if (self.seq, self.head) != self._written:
            self.connection.execute(_MOVE, {"new_seq": self.seq, "new_head": self.head})
