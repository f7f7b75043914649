"""The store's contract on a SQL database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from asklearn.core.records import (
    Annotation,
    Event,
    Item,
    Label,
    Purpose,
    Query,
    QueryState,
    Receipt,
    Round,
)
from asklearn.store import claims, integrity, keeping, reading
from asklearn.store.answers import Telling
from asklearn.store.database import Database
from asklearn.store.group_commit import Clock
from asklearn.store.queue import Entry


class SqlStore:
    """Implements `asklearn.core.protocols.Store`, where each method is described.

    Usable from any thread, and as a context manager that closes it.

    Parameters
    ----------
    database : Database
    clock : callable
        The store's time, microseconds since 1970 UTC.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # queue ------------------------------------------------------------------------------------------
    def enqueue(self, queries: Sequence[Query], *, replace: bool = False, overlap: int = 1) -> int:
        """See `asklearn.core.protocols.Store.enqueue`."""
        entry = Entry(queries)
        return self._database.write(lambda t: entry.enqueue(t, replace=replace, overlap=overlap))

    def claim(self, annotator: str, session: str, n: int, *, seconds: float, overlap: int = 1) -> list[Query]:
        """See `asklearn.core.protocols.Store.claim`."""
        return self._database.write(
            lambda t: claims.claim(t, annotator, session, n, seconds=seconds, overlap=overlap)
        )

    def renew(self, session: str, *, seconds: float) -> int:
        """See `asklearn.core.protocols.Store.renew`."""
        return self._database.write(lambda t: claims.renew(t, session, seconds=seconds))

    def release(self, session: str, queries: Sequence[str] | None = None) -> int:
        """See `asklearn.core.protocols.Store.release`."""
        return self._database.write(lambda t: claims.release(t, session, queries))

    def queries(
        self,
        *,
        item: str | Sequence[str] | None = None,
        key: str | Sequence[str] | None = None,
        states: Iterable[QueryState] | None = None,
        purposes: Iterable[Purpose] | None = None,
        limit: int | None = None,
    ) -> list[Query]:
        """See `asklearn.core.protocols.Store.queries`."""
        return self._database.read(
            lambda c: reading.read_queries(
                c, item=item, key=key, states=states, purposes=purposes, limit=limit
            )
        )

    # answers ----------------------------------------------------------------------------------------
    def tell(
        self,
        annotations: Sequence[Annotation],
        *,
        items: Mapping[str, Item] | None = None,
        session: str | None = None,
        seconds: float = 600.0,
    ) -> list[Receipt]:
        """See `asklearn.core.protocols.Store.tell`."""
        telling = Telling(annotations, items=items, session=session, seconds=seconds)
        return self._database.write(telling.run)

    def annotations(
        self,
        *,
        since: int = 0,
        before: int | None = None,
        item: str | Sequence[str] | None = None,
        annotator: str | None = None,
        current: bool = False,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[Annotation]:
        """See `asklearn.core.protocols.Store.annotations`."""
        return self._database.read(
            lambda c: reading.read_annotations(
                c,
                since=since,
                before=before,
                item=item,
                annotator=annotator,
                current=current,
                newest_first=newest_first,
                limit=limit,
            )
        )

    def put_labels(self, labels: Sequence[Label], *, removed: Sequence[str] = ()) -> None:
        """See `asklearn.core.protocols.Store.put_labels`."""
        self._database.write(lambda t: keeping.put_labels(t, labels, removed))

    def labels(self) -> list[Label]:
        """See `asklearn.core.protocols.Store.labels`."""
        return self._database.read(reading.read_labels)

    # rounds -----------------------------------------------------------------------------------------
    def commit_round(self, done: Round) -> None:
        """See `asklearn.core.protocols.Store.commit_round`."""
        self._database.write(lambda t: keeping.commit_round(t, done))

    def rounds(self) -> list[Round]:
        """See `asklearn.core.protocols.Store.rounds`."""
        return self._database.read(reading.read_rounds)

    def lease(self, name: str, holder: str, *, seconds: float) -> bool:
        """See `asklearn.core.protocols.Store.lease`."""
        return self._database.write(lambda t: keeping.take_lease(t, name, holder, seconds=seconds))

    def end_lease(self, name: str, holder: str) -> None:
        """See `asklearn.core.protocols.Store.end_lease`."""
        self._database.write(lambda t: keeping.end_lease(t, name, holder))

    def holder(self, name: str) -> str | None:
        """See `asklearn.core.protocols.Store.holder`."""
        return self._database.read(lambda c: keeping.lease_holder(c, name, self._clock()))

    # events, memory, upkeep -------------------------------------------------------------------------
    def append(
        self, kind: str, *, subject: str = "", actor: str = "", body: Mapping[str, Any] | None = None
    ) -> int:
        """See `asklearn.core.protocols.Store.append`."""
        return self._database.write(lambda t: t.event(kind, subject=subject, actor=actor, body=body or {}))

    def events(self, *, since: int = 0, limit: int | None = None) -> list[Event]:
        """See `asklearn.core.protocols.Store.events`."""
        return self._database.read(lambda c: reading.read_events(c, since=since, limit=limit))

    def last_event(self) -> int:
        """See `asklearn.core.protocols.Store.last_event`."""
        return self._database.read(reading.last_event)

    def get(self, name: str) -> Any:
        """See `asklearn.core.protocols.Store.get`."""
        return self._database.read(lambda c: keeping.recall(c, name))

    def put(self, name: str, value: Any) -> None:
        """See `asklearn.core.protocols.Store.put`."""
        self._database.write(lambda t: keeping.remember(t, name, value))

    def counts(self) -> Mapping[str, int]:
        """See `asklearn.core.protocols.Store.counts`."""
        return self._database.read(reading.counts)

    def known_items(self) -> dict[str, int]:
        """See `asklearn.core.protocols.Store.known_items`."""
        return self._database.read(reading.known_items)

    def forget(self, items: Sequence[str]) -> int:
        """See `asklearn.core.protocols.Store.forget`."""
        known = self._database.write(lambda t: keeping.forget(t, items))
        self._database.scrub()
        return known

    def check(self) -> list[str]:
        """See `asklearn.core.protocols.Store.check`."""
        return self._database.read(integrity.check)

    def backup(self, path: str) -> None:
        """See `asklearn.core.protocols.Store.backup`."""
        self._database.read(lambda c: integrity.backup(c, path))

    def close(self) -> None:
        """See `asklearn.core.protocols.Store.close`."""
        self._database.close()
