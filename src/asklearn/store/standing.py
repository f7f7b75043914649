"""What is known about the items of a tell: their queries, and the annotations that stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, or_, select

from asklearn.core.records import Annotation
from asklearn.store.chunks import MANY, chunks, rows_of
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
_SAID = select(*_columns).where(
    or_(annotation_table.c.item.in_(MANY), annotation_table.c.key.in_(bindparam("keys", expanding=True)))
)
_ASKED = (
    select(
        items.c.id,
        claims.c.annotator,
        queries.c.number,
        queries.c.key,
        queries.c.item,
        queries.c.purpose,
        queries.c.state,
        queries.c.overlap,
        queries.c.session,
    )
    .select_from(items.outerjoin(queries).outerjoin(claims))
    .where(items.c.id.in_(MANY))
    .order_by(queries.c.number)
)


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
    """All that one tell needs to know, read in two statements for each 500 annotations.

    Parameters
    ----------
    transaction : Transaction
    told : sequence of Annotation
    """

    def __init__(self, transaction: Transaction, told: Sequence[Annotation]) -> None:
        self.known: set[str] = set()
        self.by_key: dict[str, Said] = {}
        self.by_item: dict[str, list[Said]] = {}
        self.asked: dict[str, list[Asked]] = {}
        for part in chunks(told):
            self._read_said(transaction.connection, part)
        self._read_asked(transaction.connection, [one.item for one in told])

    def _read_said(self, connection: Connection, told: Sequence[Annotation]) -> None:
        values = {"many": list({one.item for one in told}), "keys": [one.key for one in told]}
        for row in connection.execute(_SAID, values):
            if row.key not in self.by_key:
                self.note(Said(*tuple(row)))

    def _read_asked(self, connection: Connection, ids: Sequence[str]) -> None:
        found: dict[int, Asked] = {}
        for row in rows_of(connection, _ASKED, ids):
            item, holder, *values = tuple(row)
            self.known.add(item)
            if values[0] is None:
                continue
            if values[0] not in found:
                found[values[0]] = Asked(*values)
                self.asked.setdefault(item, []).append(found[values[0]])
            if holder is not None:
                found[values[0]].holders.add(holder)

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
