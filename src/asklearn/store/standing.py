"""What is known about the items of a tell: their queries, and the annotations that stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from asklearn.core.records import Annotation
from asklearn.store.chunks import MANY, rows_of
from asklearn.store.tables import annotation_table, claims, items, queries
from asklearn.store.transaction import Transaction

_columns = (
    annotation_table.c.seq,
    annotation_table.c.key,
    annotation_table.c.body,
    annotation_table.c.item,
    annotation_table.c.annotator,
    annotation_table.c.kind,
    annotation_table.c.value,
    annotation_table.c.query,
    annotation_table.c.supersedes,
    annotation_table.c.current,
)
_BY_KEY = select(*_columns).where(annotation_table.c.key.in_(MANY))
_BY_ITEM = select(*_columns).where(annotation_table.c.item.in_(MANY))
_ITEMS = select(items.c.id).where(items.c.id.in_(MANY))
_QUERIES = (
    select(
        queries.c.number,
        queries.c.key,
        queries.c.item,
        queries.c.purpose,
        queries.c.state,
        queries.c.overlap,
        queries.c.session,
    )
    .where(queries.c.item.in_(MANY))
    .order_by(queries.c.number)
)
_CLAIMS = select(claims.c.query, claims.c.annotator).where(claims.c.query.in_(MANY))


@dataclass(slots=True)
class Said:
    """An annotation that is stored, or about to be."""

    seq: int
    key: str
    body: bytes
    item: str
    annotator: str
    kind: str
    value: str
    query: str | None
    supersedes: str | None
    current: bool

    @property
    def gives_value(self) -> bool:
        """Whether it answers the question."""
        return self.kind in {"answer", "flag"} and self.value != "null"


@dataclass(slots=True)
class Asked:
    """A query, as far as an answer touches it."""

    number: int
    key: str
    item: str
    purpose: str
    state: str
    overlap: int
    session: str | None
    holders: set[str] = field(default_factory=set)


class Standing:
    """All that one tell needs to know, read in a few statements however many annotations it brings.

    Parameters
    ----------
    transaction : Transaction
    told : sequence of Annotation
    """

    def __init__(self, transaction: Transaction, told: Sequence[Annotation]) -> None:
        self._connection = transaction.connection
        ids = [one.item for one in told]
        self.known = {row.id for row in self._rows(_ITEMS, ids)}
        self.by_key: dict[str, Said] = {}
        self.by_item: dict[str, list[Said]] = {}
        self.asked: dict[str, list[Asked]] = {}
        for row in self._rows(_BY_ITEM, self.known):
            self.note(Said(*row))
        for row in self._rows(_BY_KEY, (one.key for one in told if one.key not in self.by_key)):
            self.by_key[row.key] = Said(*row)
        self._read_queries()

    def _rows(self, statement: Any, values: Iterable[Any]) -> Iterable[Any]:
        return rows_of(self._connection, statement, values)

    def _read_queries(self) -> None:
        numbers: dict[int, Asked] = {}
        for row in self._rows(_QUERIES, self.known):
            numbers[row.number] = Asked(*row)
            self.asked.setdefault(row.item, []).append(numbers[row.number])
        for row in self._rows(_CLAIMS, numbers):
            numbers[row.query].holders.add(row.annotator)

    def note(self, said: Said) -> None:
        """Take up an annotation."""
        self.by_key[said.key] = said
        self.by_item.setdefault(said.item, []).append(said)

    def of_item(self, item: str) -> list[Said]:
        """Annotations of an item, oldest first."""
        return self.by_item.get(item, [])

    def of_query(self, key: str | None, item: str) -> Asked | None:
        """The item's query of that key."""
        return next((asked for asked in self.asked.get(item, ()) if asked.key == key), None)

    def open_query(self, item: str) -> Asked | None:
        """The item's query that waits for an answer."""
        return next(
            (asked for asked in self.asked.get(item, ()) if asked.state in {"queued", "leased"}), None
        )
