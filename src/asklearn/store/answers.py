"""Tell: annotations come in, queries are settled or reopened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, bindparam, case, delete, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

from asklearn.core.clock import SECOND
from asklearn.core.errors import Conflict, NotFound
from asklearn.core.ids import new_key
from asklearn.core.records import Annotation, Item, Query, Reason, Receipt
from asklearn.store.chunks import chunks
from asklearn.store.queue import AGAIN, put_items
from asklearn.store.rows import Values, annotation_values, body_hash, item_values, query_values
from asklearn.store.standing import Asked, Said, Standing
from asklearn.store.tables import annotation_table, claims, queries
from asklearn.store.transaction import Transaction

_ADD = insert(annotation_table)
_RETIRE = update(annotation_table).where(annotation_table.c.seq == bindparam("retired")).values(current=False)
_STATE = update(queries).where(queries.c.number == bindparam("settled")).values(state=bindparam("new_state"))
_REOPEN = (
    update(queries)
    .where(queries.c.number == bindparam("reopened"))
    .values(
        state="leased",
        session=bindparam("by"),
        asked_at=case((queries.c.asked_at > 0, queries.c.asked_at), else_=bindparam("asked")),
    )
)
_END = delete(claims).where(claims.c.query == bindparam("ended"))
_END_MINE = _END.where(claims.c.annotator == bindparam("by"))
_put_claim = upsert(claims)
_CLAIM = _put_claim.on_conflict_do_update(
    index_elements=["query", "annotator"],
    set_={"session": _put_claim.excluded.session, "until": _put_claim.excluded.until},
)


class Telling:
    """One call of tell; see `asklearn.core.protocols.Store.tell`.

    Parameters
    ----------
    items : mapping of str to Item
        Items brought along.
    session : str or None
        Who holds a query that a retract reopens.
    seconds : float
        For how long.
    """

    def __init__(
        self,
        told: Sequence[Annotation],
        *,
        items: Mapping[str, Item] | None,
        session: str | None,
        seconds: float,
    ) -> None:
        self._told, self._items = told, items or {}
        self._session, self._seconds = session, seconds

    def run(self, transaction: Transaction) -> list[Receipt]:
        """Take the annotations, all or none."""
        turn = _Turn(transaction, Standing(transaction, self._told), self._session, self._seconds)
        self._bring_items(transaction, turn.standing)
        receipts = [turn.take(one) for one in self._told]
        turn.write()
        return receipts

    def _bring_items(self, transaction: Transaction, standing: Standing) -> None:
        """An answer is never lost for want of its item."""
        missing = dict.fromkeys(one.item for one in self._told if one.item not in standing.known)
        put_items(
            transaction, [item_values(self._items.get(one) or Item(id=one, fields={})) for one in missing]
        )


class _Turn:
    """The changes of one tell, gathered and then written together."""

    def __init__(
        self, transaction: Transaction, standing: Standing, session: str | None, seconds: float
    ) -> None:
        self.transaction, self.standing = transaction, standing
        self.session, self.until = session, transaction.now + round(seconds * SECOND)
        self.rows: dict[int, Values] = {}
        self.retired: list[int] = []

    # one annotation ---------------------------------------------------------------------------------
    def take(self, one: Annotation) -> Receipt:
        known = self.standing.by_key.get(one.key)
        if known is not None:
            return _repeated(known, one)
        target = self._target(one)
        said = self._append(one)
        if said.current:
            self._retire_older(said, target)
        elif one.kind == "retract":
            self._take_back(said, target)
        asked = self.standing.of_query(one.query, one.item) or self._implied(said)
        if asked is not None and one.kind != "retract":
            self._settle(asked, said)
        return Receipt(key=one.key, seq=said.seq)

    def _target(self, one: Annotation) -> Said | None:
        target = self.standing.by_key.get(one.supersedes or "")
        if one.kind == "retract" and target is None:
            raise NotFound(f"There is no answer {one.supersedes!r} to take back for item {one.item!r}.")
        return target

    def _append(self, one: Annotation) -> Said:
        body = {"key": one.key, "kind": one.kind, "value": one.value}
        seq = self.transaction.event("annotation", subject=one.item, actor=one.annotator, body=body)
        overtaken = any(said.supersedes == one.key for said in self.standing.of_item(one.item))
        current = one.kind != "retract" and not overtaken
        row = annotation_values(one, seq=seq, now=self.transaction.now, current=current)
        self.rows[seq] = row
        said = Said(**{name: row[name] for name in Said.__slots__})
        self.standing.note(said)
        return said

    def _retire_older(self, said: Said, target: Said | None) -> None:
        """The newer answer or skip of one annotator stands in place of the older; flags stay."""
        if target is not None:
            self._retire(target)
        if said.kind == "flag" and not said.gives_value:
            return
        for older in self.standing.of_item(said.item):
            if older.annotator == said.annotator and older.kind != "flag" and older is not said:
                self._retire(older)

    def _retire(self, said: Said) -> None:
        if said.current:
            said.current = False
            if said.seq in self.rows:
                self.rows[said.seq]["current"] = False
            else:
                self.retired.append(said.seq)

    def _implied(self, said: Said) -> Asked | None:
        """The query that an answer given without one settles all the same."""
        asked = self.standing.open_query(said.item)
        return asked if said.query is None and asked and asked.purpose not in AGAIN else None

    # queries ----------------------------------------------------------------------------------------
    def _settle(self, asked: Asked, said: Said) -> None:
        answerers = self._answerers(asked)
        if answerers >= asked.overlap:
            self._close(asked, "answered")
        elif not said.gives_value and said.current:
            self._close(asked, "skipped")
        else:
            self._hand_back(asked, said.annotator)

    def _answerers(self, asked: Asked) -> int:
        about = self.standing.of_item(asked.item)
        if asked.purpose in AGAIN:
            about = [said for said in about if said.query == asked.key]
        return len({said.annotator for said in about if said.current and said.gives_value})

    def _close(self, asked: Asked, state: str) -> None:
        self._set_state(asked, state)
        if asked.holders:
            self.transaction.connection.execute(_END, {"ended": asked.number})
            asked.holders.clear()

    def _hand_back(self, asked: Asked, annotator: str) -> None:
        if annotator in asked.holders:
            self.transaction.connection.execute(_END_MINE, {"ended": asked.number, "by": annotator})
            asked.holders.discard(annotator)
        if asked.state in {"queued", "leased"}:
            self._set_state(asked, "leased" if asked.holders else "queued")

    def _set_state(self, asked: Asked, state: str) -> None:
        if asked.state != state:
            asked.state = state
            self.transaction.connection.execute(_STATE, {"settled": asked.number, "new_state": state})

    def _take_back(self, retract: Said, target: Said | None) -> None:
        if target is None or not target.current:
            return
        self._retire(target)
        about = self.standing.of_item(target.item)
        if any(said.current and said.annotator == target.annotator for said in about):
            return  # a flag was taken back; the answer beside it stands
        asked = self.standing.open_query(target.item) or self.standing.of_query(target.query, target.item)
        self._lease(asked or self._manual(target), retract.annotator)

    def _lease(self, asked: Asked, annotator: str) -> None:
        session = self.session or asked.session or ""
        asked.state, asked.session = "leased", session
        asked.holders.add(annotator)
        reopened = {"reopened": asked.number, "by": session, "asked": self.transaction.now}
        self.transaction.connection.execute(_REOPEN, reopened)
        claim = {"query": asked.number, "annotator": annotator, "session": session, "until": self.until}
        self.transaction.connection.execute(_CLAIM, claim)

    def _manual(self, target: Said) -> Asked:
        """A query for an answer that had none, so that its item is asked again."""
        query = Query(
            key=new_key(),
            item=Item(id=target.item, fields={}),
            purpose="manual",
            reason=Reason(kind="undone"),
        )
        now, head = self.transaction.now, self.transaction.head
        row = {**query_values(query), "state": "queued", "overlap": 1, "turn": head}
        done = self.transaction.connection.execute(
            insert(queries), {**row, "queued_at": now, "asked_at": now}
        )
        asked = Asked(_number(done), query.key, target.item, "manual", "queued", 1, None)
        self.standing.asked.setdefault(target.item, []).append(asked)
        return asked

    # writing ----------------------------------------------------------------------------------------
    def write(self) -> None:
        """Write what was gathered."""
        connection = self.transaction.connection
        for rows in chunks(self.rows.values(), 5_000):
            connection.execute(_ADD, rows)
        if self.retired:
            connection.execute(_RETIRE, [{"retired": seq} for seq in self.retired])


def _repeated(known: Said, one: Annotation) -> Receipt:
    if known.body != body_hash(one):
        raise Conflict(
            f"Answer {one.key!r} for item {one.item!r} is stored already and says something else; "
            "give a new answer a key of its own, and the old key as supersedes to correct it."
        )
    return Receipt(key=one.key, seq=known.seq, repeated=True)


def _number(done: CursorResult[Any]) -> int:
    key = done.inserted_primary_key
    assert key is not None, "one row was inserted"
    return int(key[0])
