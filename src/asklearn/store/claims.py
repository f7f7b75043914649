"""Who is asked what: leases of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, insert, or_, select, update

from asklearn.core.clock import SECOND
from asklearn.core.records import Query
from asklearn.store.chunks import MANY, chunks, run_for
from asklearn.store.queue import AGAIN, GIVES_VALUE
from asklearn.store.rows import query_record
from asklearn.store.tables import annotation_table, claims, items, queries
from asklearn.store.transaction import Transaction

_me: Any = bindparam("me")
_session: Any = bindparam("session")
_n: Any = bindparam("n")

_EXPIRE = delete(claims).where(claims.c.until <= bindparam("now")).returning(claims.c.query)
_ADD = insert(claims)
_RELEASE = delete(claims).where(claims.c.session == _session).returning(claims.c.query)
_NAMED = select(queries.c.number).where(queries.c.key.in_(MANY))
_RELEASE_NAMED = _RELEASE.where(claims.c.query.in_(_NAMED))
_RENEW = update(claims).where(claims.c.session == bindparam("whose")).values(until=bindparam("new_until"))
_held = exists().where(claims.c.query == queries.c.number)
_BACK = (
    update(queries)
    .where(queries.c.number.in_(MANY), queries.c.state == "leased", ~_held)
    .values(state="queued")
)

_others = queries.alias("others")
_newest_ranking = (
    select(func.max(_others.c.queued_at))
    .where(_others.c.state == "queued", _others.c.purpose == "train", _others.c.asked_at == 0)
    .scalar_subquery()
)
_end = select(func.max(_others.c.turn) + 1).where(_others.c.state == "queued").scalar_subquery()
#: What an older ranking chose waits behind the newer one, which could not know that it would come back.
_BEHIND = (
    update(queries)
    .where(queries.c.number.in_(MANY), queries.c.state == "queued", queries.c.purpose == "train")
    .where(queries.c.queued_at < _newest_ranking)
    .values(turn=_end)
)

#: A query with its item, as `asklearn.store.rows.query_record` reads it.
QUERY = select(queries, items.c.row, items.c.revision, items.c.origin, items.c.fields).join_from(
    queries, items, queries.c.item == items.c.id
)

_MINE = (
    QUERY.join(claims, claims.c.query == queries.c.number)
    .where(claims.c.session == _session, claims.c.annotator == _me)
    .order_by(queries.c.turn, queries.c.number)
    .limit(_n)
)

_about = (annotation_table.c.item == queries.c.item) & annotation_table.c.current
_about &= or_(queries.c.purpose.not_in(AGAIN), annotation_table.c.query == queries.c.key)
_said_by_me = exists().where(_about, annotation_table.c.annotator == _me)
_held_by_me = exists().where(claims.c.query == queries.c.number, claims.c.annotator == _me)
_holders = select(func.count()).where(claims.c.query == queries.c.number).scalar_subquery()
_answerers = (
    select(func.count(annotation_table.c.annotator.distinct())).where(_about, GIVES_VALUE).scalar_subquery()
)
#: What was taken back and then left lying, while enough other answers stand.
_STILL_ANSWERED = (
    update(queries)
    .where(queries.c.number.in_(MANY), queries.c.state == "queued", _answerers >= queries.c.overlap)
    .values(state="answered")
)

_NEXT = (
    QUERY.where(queries.c.state == bindparam("wanted"), ~_said_by_me, ~_held_by_me)
    .where(_holders + _answerers < bindparam("overlap_wanted"))
    .order_by(queries.c.turn, queries.c.number)
    .limit(_n)
)
_TAKE = (
    update(queries)
    .where(queries.c.number == bindparam("taken"))
    .values(
        state="leased",
        session=bindparam("by"),
        asked_at=bindparam("asked"),
        overlap=bindparam("overlap_wanted"),
    )
)


def claim(
    transaction: Transaction, annotator: str, session: str, n: int, *, seconds: float, overlap: int
) -> list[Query]:
    """See `asklearn.core.protocols.Store.claim`."""
    expire(transaction)
    until = transaction.now + round(seconds * SECOND)
    who = {"me": annotator, "session": session}
    mine = transaction.connection.execute(_MINE, {**who, "n": n}).all()
    if mine:
        transaction.connection.execute(_RENEW, {"whose": session, "new_until": until})
    fresh = _next(transaction, annotator, n - len(mine), overlap)
    _take(transaction, fresh, annotator, session, until=until, overlap=overlap)
    found = [query_record(row, holder=annotator, until=until) for row in (*mine, *fresh)]
    return [_as_leased(query, transaction.now) for query in found]


def _as_leased(query: Query, now: int) -> Query:
    from dataclasses import replace

    return replace(query, state="leased", asked_at=query.asked_at or now)


def _next(transaction: Transaction, annotator: str, n: int, overlap: int) -> Sequence[Row[Any]]:
    if n <= 0:
        return []
    values = {"me": annotator, "n": n, "overlap_wanted": overlap}
    states = ("queued", "leased") if overlap > 1 else ("queued",)
    found: list[Row[Any]] = []
    for state in states:
        found += transaction.connection.execute(_NEXT, {**values, "wanted": state})
    return sorted(found, key=lambda row: (row.turn, row.number))[:n]


def _take(
    transaction: Transaction,
    rows: Sequence[Row[Any]],
    annotator: str,
    session: str,
    *,
    until: int,
    overlap: int,
) -> None:
    if not rows:
        return
    shared = {"annotator": annotator, "session": session, "until": until}
    transaction.connection.execute(_ADD, [{"query": row.number, **shared} for row in rows])
    common = {"by": session, "overlap_wanted": overlap}
    now = transaction.now
    transaction.connection.execute(
        _TAKE, [{"taken": row.number, "asked": row.asked_at or now, **common} for row in rows]
    )
    transaction.head = max(transaction.head, max(row.turn for row in rows) + 1)


def expire(transaction: Transaction) -> None:
    """Put queries back whose leases ran out."""
    _put_back(transaction, transaction.connection.execute(_EXPIRE, {"now": transaction.now}).scalars().all())


def release(transaction: Transaction, session: str, named: Sequence[str] | None = None) -> int:
    """See `asklearn.core.protocols.Store.release`."""
    given: list[int] = []
    if named is None:
        given += transaction.connection.execute(_RELEASE, {"session": session}).scalars()
    for part in chunks(named or ()):
        given += transaction.connection.execute(_RELEASE_NAMED, {"session": session, "many": part}).scalars()
    _put_back(transaction, given)
    return len(given)


def renew(transaction: Transaction, session: str, *, seconds: float) -> int:
    """See `asklearn.core.protocols.Store.renew`; a lease that ran out unnoticed is revived."""
    until = transaction.now + round(seconds * SECOND)
    return transaction.connection.execute(_RENEW, {"whose": session, "new_until": until}).rowcount


def _put_back(transaction: Transaction, numbers: Sequence[int]) -> None:
    if numbers:
        run_for(transaction.connection, _BACK, numbers)
        run_for(transaction.connection, _STILL_ANSWERED, numbers)
        run_for(transaction.connection, _BEHIND, numbers)
