"""The queue: what is put in, and what is withdrawn.

A query's ``turn`` is its place: the head of the queue when it was put in, plus its rank; serving a query
moves the head past its turn. So ranks always count from now, and a slice query that waits keeps its
place among train queries that are replaced again and again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from asklearn.core.records import Query
from asklearn.store.chunks import MANY, rows_of, run_for
from asklearn.store.rows import Values, item_values, query_values
from asklearn.store.tables import annotation_table, items, queries
from asklearn.store.transaction import Transaction

#: States in which an item waits for an answer.
OPEN = ("queued", "leased", "pushed")
#: Purposes that ask about items which have been answered.
AGAIN = ("gold", "review", "relabel")

_open = exists().where(queries.c.item == items.c.id, queries.c.state.in_(OPEN))
#: An annotation that stands and gives a value.
GIVES_VALUE = (
    annotation_table.c.current
    & annotation_table.c.kind.in_(("answer", "flag"))
    & (annotation_table.c.value != "null")
)
_answers = (
    select(func.count(annotation_table.c.annotator.distinct()))
    .where(annotation_table.c.item == items.c.id, GIVES_VALUE)
    .scalar_subquery()
)
_STANDING = select(items.c.id, items.c.content, _open.label("open"), _answers.label("answers"))
_STANDING_BY_ID = _STANDING.where(items.c.id.in_(MANY))
_STANDING_BY_CONTENT = _STANDING.where(items.c.content.in_(MANY))

_put_item = upsert(items)
_INSERT = insert(queries)
_PUT_ITEM = _put_item.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _put_item.excluded[name] for name in ("row", "revision", "origin", "content", "fields")},
    where=or_(items.c.revision < _put_item.excluded.revision, items.c.content.is_(None)),
)

_waiting = (queries.c.state == "queued") & (queries.c.purpose == "train")
_DROP_UNSEEN = delete(queries).where(_waiting, queries.c.asked_at == 0).returning(queries.c.item)
_WITHDRAW = update(queries).where(_waiting, queries.c.asked_at > 0).values(state="withdrawn")
_DROP_ITEMS = delete(items).where(
    items.c.id.in_(MANY),
    ~exists().where(queries.c.item == items.c.id),
    ~exists().where(annotation_table.c.item == items.c.id),
)


class Entry:
    """Queries made ready outside the transaction, so that it is short."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self.rows = [(query_values(one), item_values(one.item)) for one in queries]

    def enqueue(self, transaction: Transaction, *, replace: bool, overlap: int) -> int:
        """Put them in; see `asklearn.core.protocols.Store.enqueue`."""
        connection = transaction.connection
        dropped = connection.execute(_DROP_UNSEEN).scalars().all() if replace else []
        withdrawn = len(dropped) + (connection.execute(_WITHDRAW).rowcount if replace else 0)
        chosen = self._choose(transaction, overlap)
        _insert(transaction, chosen, overlap)
        run_for(connection, _DROP_ITEMS, dropped)
        if chosen or withdrawn:
            transaction.event("queue", body={"added": len(chosen), "withdrawn": withdrawn})
        return len(chosen)

    def _choose(self, transaction: Transaction, overlap: int) -> list[tuple[Values, Values]]:
        taken = _Taken(transaction, self.rows, overlap)
        return [(query, item) for query, item in self.rows if taken.admits(query, item)]


class _Taken:
    """Which items, and which contents, are asked or answered already."""

    def __init__(self, transaction: Transaction, rows: Sequence[tuple[Values, Values]], overlap: int) -> None:
        self._overlap = overlap
        self._open: set[Any] = set()
        self._answered: set[Any] = set()
        connection = transaction.connection
        self._note(rows_of(connection, _STANDING_BY_ID, (item["id"] for _, item in rows)))
        contents = (item["content"] for _, item in rows if item["content"])
        self._note(rows_of(connection, _STANDING_BY_CONTENT, contents))

    def _note(self, found: Iterable[Any]) -> None:
        for row in found:
            if row.open:
                self._open.update((row.id, row.content))
            if row.answers >= self._overlap:
                self._answered.update((row.id, row.content))
        self._open.discard(None)
        self._answered.discard(None)

    def admits(self, query: Values, item: Values) -> bool:
        """Whether to ask; when so, the item counts as open from here on."""
        marks = (item["id"], item["content"])
        if query["purpose"] in AGAIN:
            taken = item["id"] in self._open
        else:
            taken = any(mark in self._open or mark in self._answered for mark in marks)
        if not taken:
            self._open.update(mark for mark in marks if mark is not None)
        return not taken


def _insert(transaction: Transaction, rows: Sequence[tuple[Values, Values]], overlap: int) -> None:
    if not rows:
        return
    put_items(transaction, [item for _, item in rows])
    fixed = {"state": "queued", "overlap": overlap, "queued_at": transaction.now, "asked_at": 0}
    placed = [{**query, **fixed, "turn": transaction.head + query["rank"]} for query, _ in rows]
    transaction.connection.execute(_INSERT, placed)


def put_items(transaction: Transaction, rows: Sequence[Values]) -> None:
    """Make items known, or newer revisions of them."""
    if rows:
        transaction.connection.execute(_PUT_ITEM, rows)
