"""What can be read: queries, annotations, labels, rounds, events, counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, exists, func, literal_column, or_, select

from asklearn.core.jsonable import from_json
from asklearn.core.records import Annotation, Event, Label, Query, Round
from asklearn.store import tables
from asklearn.store.chunks import MANY, rows_of
from asklearn.store.claims import QUERY
from asklearn.store.queue import OPEN
from asklearn.store.rows import ANNOTATION, annotation_record, query_record
from asklearn.store.tables import annotation_table, claims, items, queries

_HOLDERS = (
    select(claims.c.query, claims.c.annotator, claims.c.until)
    .where(claims.c.query.in_(MANY))
    .order_by(claims.c.until)
)
_STATES = select(queries.c.state, func.count().label("n")).group_by(queries.c.state)
# a literal, since an index on a part of the rows is used only when the statement itself says which part
_FLAGS = select(func.count()).where(
    annotation_table.c.kind == literal_column("'flag'"), annotation_table.c.current
)
# one look into the index for each annotator, instead of one for each annotation
_people = select(func.min(annotation_table.c.annotator).label("name")).cte("people", recursive=True)
_next = select(func.min(annotation_table.c.annotator)).where(annotation_table.c.annotator > _people.c.name)
_people = _people.union_all(select(_next.scalar_subquery()).where(_people.c.name.is_not(None)))
_ANNOTATORS = select(func.count(_people.c.name))
_open = exists().where(queries.c.item == items.c.id, queries.c.state.in_(OPEN))
_stands = exists().where(annotation_table.c.item == items.c.id, annotation_table.c.current)
_KNOWN = select(items.c.id, items.c.row).where(or_(_open, _stands))


def read_queries(
    connection: Connection,
    *,
    item: str | Sequence[str] | None,
    key: str | Sequence[str] | None,
    states: Iterable[str] | None,
    purposes: Iterable[str] | None,
    limit: int | None,
) -> list[Query]:
    """See `asklearn.core.protocols.Store.queries`."""
    statement = QUERY.order_by(queries.c.turn, queries.c.number)
    for column, among in ((queries.c.state, states), (queries.c.purpose, purposes)):
        if among is not None:
            statement = statement.where(column.in_(list(among)))
    found = _found(connection, statement, item, key, limit)
    leased = (row.number for row in found if row.state == "leased")
    holders = {row.query: (row.annotator, row.until) for row in rows_of(connection, _HOLDERS, leased)}
    return [_with_holder(row, holders) for row in found]


def _found(
    connection: Connection,
    statement: Select[Any],
    item: str | Sequence[str] | None,
    key: str | Sequence[str] | None,
    limit: int | None,
) -> list[Any]:
    if item is None and key is None:
        return list(connection.execute(statement.limit(limit)))
    column, wanted = (queries.c.key, key) if key is not None else (queries.c.item, item)
    rows = rows_of(connection, statement.where(column.in_(MANY)), _listed(wanted or ()))
    among = None if item is None else set(_listed(item))
    kept = (row for row in rows if among is None or row.item in among)
    return sorted(kept, key=lambda row: (row.turn, row.number))[:limit]


def _listed(one_or_many: str | Sequence[str]) -> list[str]:
    return [one_or_many] if isinstance(one_or_many, str) else list(one_or_many)


def _with_holder(row: Any, holders: Mapping[int, tuple[str, int]]) -> Query:
    holder, until = holders.get(row.number, (None, None))
    return query_record(row, holder=holder, until=until)


def read_annotations(
    connection: Connection,
    *,
    since: int,
    before: int | None,
    item: str | Sequence[str] | None,
    annotator: str | None,
    current: bool,
    newest_first: bool,
    limit: int | None,
) -> list[Annotation]:
    """See `asklearn.core.protocols.Store.annotations`."""
    statement = ANNOTATION.where(annotation_table.c.seq > since)
    if before is not None:
        statement = statement.where(annotation_table.c.seq < before)
    if annotator is not None:
        statement = statement.where(annotation_table.c.annotator == annotator)
    if current:
        statement = statement.where(annotation_table.c.current)
    by_seq = annotation_table.c.seq.desc() if newest_first else annotation_table.c.seq
    statement = statement.order_by(by_seq).limit(limit)
    if item is None:
        return [annotation_record(row) for row in connection.execute(statement)]
    return _of_items(connection, statement, _listed(item), newest_first, limit)


def _of_items(
    connection: Connection,
    statement: Select[Any],
    wanted: Sequence[str],
    newest_first: bool,  # noqa: FBT001
    limit: int | None,
) -> list[Annotation]:
    found = rows_of(connection, statement.where(annotation_table.c.item.in_(MANY)), wanted)
    records = [annotation_record(row) for row in found]
    return sorted(records, key=lambda one: one.seq, reverse=newest_first)[:limit]


def read_labels(connection: Connection) -> list[Label]:
    """See `asklearn.core.protocols.Store.labels`."""
    rows = connection.execute(select(tables.labels).order_by(tables.labels.c.item))
    return [Label(**{**row._asdict(), "value": json.loads(row.value)}) for row in rows]


def read_rounds(connection: Connection) -> list[Round]:
    """See `asklearn.core.protocols.Store.rounds`."""
    bodies = connection.execute(select(tables.rounds.c.body).order_by(tables.rounds.c.number)).scalars()
    return [from_json(Round, json.loads(body)) for body in bodies]


def read_events(connection: Connection, *, since: int, limit: int | None) -> list[Event]:
    """See `asklearn.core.protocols.Store.events`."""
    events = tables.events
    rows = connection.execute(select(events).where(events.c.seq > since).order_by(events.c.seq).limit(limit))
    return [Event(**{**row._asdict(), "body": json.loads(row.body)}) for row in rows]


def last_event(connection: Connection) -> int:
    """See `asklearn.core.protocols.Store.last_event`."""
    seq: int = connection.execute(select(tables.counters.c.seq)).scalar_one()
    return seq


def counts(connection: Connection) -> dict[str, int]:
    """See `asklearn.core.protocols.Store.counts`."""
    found = dict.fromkeys(("queued", "leased", "pushed", "answered", "skipped", "withdrawn", "expired"), 0)
    found.update((row.state, row.n) for row in connection.execute(_STATES))
    for table in (annotation_table, tables.labels, tables.rounds):
        found[table.name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
    found["flags"] = connection.execute(_FLAGS).scalar_one()
    found["annotators"] = connection.execute(_ANNOTATORS).scalar_one()
    return found


def known_items(connection: Connection) -> dict[str, int]:
    """See `asklearn.core.protocols.Store.known_items`."""
    return {one.id: one.row for one in connection.execute(_KNOWN)}
