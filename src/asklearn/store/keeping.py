"""What is kept beside the queue: labels, rounds, named leases, remembered values, and forgetting."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from asklearn.core.clock import SECOND
from asklearn.core.errors import Conflict
from asklearn.core.jsonable import to_json
from asklearn.core.records import Label, Round
from asklearn.store.chunks import MANY, rows_of, run_for
from asklearn.store.rows import dump
from asklearn.store.tables import (
    annotation_table,
    claims,
    events,
    items,
    labels,
    leases,
    memory,
    queries,
    rounds,
)
from asklearn.store.transaction import Transaction

_put_label = upsert(labels)
_PUT_LABEL = _put_label.on_conflict_do_update(
    index_elements=["item"],
    set_={name: _put_label.excluded[name] for name in ("value", "confidence", "state", "since")},
)
_put_lease = upsert(leases)
_TAKE_LEASE = _put_lease.on_conflict_do_update(
    index_elements=["name"],
    set_={"holder": _put_lease.excluded.holder, "until": _put_lease.excluded.until},
    where=or_(leases.c.holder == _put_lease.excluded.holder, leases.c.until <= bindparam("now")),
)
_put_memory = upsert(memory)
_PUT_MEMORY = _put_memory.on_conflict_do_update(
    index_elements=["name"], set_={"value": _put_memory.excluded.value}
)
_ERASE = (
    delete(claims).where(claims.c.query.in_(select(queries.c.number).where(queries.c.item.in_(MANY)))),
    delete(queries).where(queries.c.item.in_(MANY)),
    delete(annotation_table).where(annotation_table.c.item.in_(MANY)),
    delete(labels).where(labels.c.item.in_(MANY)),
    delete(items).where(items.c.id.in_(MANY)),
    update(events).where(events.c.subject.in_(MANY)).values(body='{"forgotten":true}'),
)


def put_labels(transaction: Transaction, settled: Sequence[Label], removed: Sequence[str]) -> None:
    """See `asklearn.core.protocols.Store.put_labels`."""
    gone = run_for(transaction.connection, delete(labels).where(labels.c.item.in_(MANY)), removed)
    rows = [
        {
            "item": label.item,
            "value": dump(to_json(label.value)),
            "confidence": label.confidence,
            "state": label.state,
            "since": label.since or transaction.now,
        }
        for label in settled
    ]
    if rows:
        transaction.connection.execute(_PUT_LABEL, rows)
    if rows or gone:
        transaction.event("label", body={"settled": len(rows), "removed": gone})


def commit_round(transaction: Transaction, done: Round) -> None:
    """See `asklearn.core.protocols.Store.commit_round`."""
    taken = select(rounds.c.number).where(rounds.c.number == done.number)
    if transaction.connection.execute(taken).first():
        raise Conflict(f"Round {done.number} is there already; another process has learned meanwhile.")
    body = dump(to_json(done))
    transaction.connection.execute(insert(rounds), {"number": done.number, "body": body})
    transaction.event("round", body={"number": done.number, "labels": done.labels})


def take_lease(transaction: Transaction, name: str, holder: str, *, seconds: float) -> bool:
    """See `asklearn.core.protocols.Store.lease`."""
    until = transaction.now + round(seconds * SECOND)
    values = {"name": name, "holder": holder, "until": until, "now": transaction.now}
    return transaction.connection.execute(_TAKE_LEASE, values).rowcount > 0


def end_lease(transaction: Transaction, name: str, holder: str) -> None:
    """See `asklearn.core.protocols.Store.end_lease`."""
    transaction.connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))


def lease_holder(connection: Connection, name: str, now: int) -> str | None:
    """See `asklearn.core.protocols.Store.holder`."""
    statement = select(leases.c.holder).where(leases.c.name == name, leases.c.until > now)
    return connection.execute(statement).scalar_one_or_none()


def remember(transaction: Transaction, name: str, value: Any) -> None:
    """See `asklearn.core.protocols.Store.put`."""
    transaction.connection.execute(_PUT_MEMORY, {"name": name, "value": dump(to_json(value))})


def recall(connection: Connection, name: str) -> Any:
    """See `asklearn.core.protocols.Store.get`."""
    found = connection.execute(select(memory.c.value).where(memory.c.name == name)).scalar_one_or_none()
    return None if found is None else json.loads(found)


def forget(transaction: Transaction, wanted: Sequence[str]) -> int:
    """See `asklearn.core.protocols.Store.forget`."""
    connection = transaction.connection
    known = [row.id for row in rows_of(connection, select(items.c.id).where(items.c.id.in_(MANY)), wanted)]
    for statement in _ERASE:
        run_for(connection, statement, known)
    for one in known:
        transaction.event("forget", subject=one, body={})
    return len(known)
