"""Which incoming rows a pool takes: new ones, changed ones, and none twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.hash_index import HashIndex, occurrence
from asklearn.pool import sidecar as sidecars
from asklearn.pool.shard import Shard, TableShard
from asklearn.pool.shelf import Shelf
from asklearn.pool.sidecar import FORGOTTEN, Sidecar
from asklearn.pool.snapshot import Snapshot, rehash

OnChange = Literal["error", "revise", "keep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What became of the rows of one append.

    Attributes
    ----------
    added : int
        Rows of items that were not in the pool.
    known : int
        Rows whose id and content were there already.
    revised : int
        Rows appended as a new revision of an item (``on_change="revise"``).
    kept : int
        Rows left out because their item is there with other content (``on_change="keep"``).
    duplicates : int
        Appended rows that are not asked because another item has the same content.
    blank : int
        Appended rows without any text, set aside.
    forgotten : int
        Rows left out because their item was forgotten; forgetting outlasts an import.
    start, stop : int
        The appended rows are ``range(start, stop)``.
    """

    added: int = 0
    known: int = 0
    revised: int = 0
    kept: int = 0
    duplicates: int = 0
    blank: int = 0
    forgotten: int = 0
    start: int = 0
    stop: int = 0


class Admission:
    """One append: decides row by row, in batches, against the pool and what it took before.

    Parameters
    ----------
    snapshot : Snapshot
        The pool before.
    content : sequence of str, optional
        Fields that make an item's content; all when not given.
    on_change : {"error", "revise", "keep"}
        What to do with an item that is there with other content.
    """

    def __init__(self, snapshot: Snapshot, content: Sequence[str] | None, on_change: OnChange) -> None:
        if on_change not in ("error", "revise", "keep"):
            raise InputError(f'on_change is "error", "revise" or "keep", not {on_change!r}.')
        self._content, self._on_change = content, on_change
        self._shards: list[Shard] = list(snapshot.shelf.shards)
        self._before = len(snapshot)
        self._rows = len(snapshot)
        self._revised: dict[int, int] = {}
        self._old = snapshot.sidecar
        self._by_key: HashIndex = snapshot.by_key.copy()
        self._by_content: HashIndex = snapshot.by_content.copy()
        self.counts = {"added": 0, "known": 0, "revised": 0, "kept": 0, "forgotten": 0}

    @property
    def rows(self) -> int:
        """How many rows were admitted so far."""
        return self._rows - self._before

    def replace_tail(self, count: int, shard: Shard) -> None:
        """Read the last ``count`` admitted tables from one shard from now on."""
        self._shards[len(self._shards) - count :] = [shard]

    def admit(self, table: pa.Table) -> Iterator[tuple[pa.Table, Sidecar]]:
        """The rows of a table to append, with their sidecars, in parts.

        Raises
        ------
        InputError
            When an item is there with other content and ``on_change`` is ``"error"``.
        """
        content = [name for name in table.column_names if name != "id"]
        content = content if self._content is None else list(self._content)
        rows = sidecars.build(table, content)
        turn = occurrence(np.ascontiguousarray(rows["key"]))
        for wave in range(int(turn.max(initial=-1)) + 1):
            # an id that comes twice in a table must meet its first row, so each wave has no id twice
            chosen = np.flatnonzero(turn == wave)
            part = table if wave == 0 and len(chosen) == len(rows) else table.take(pa.array(chosen))
            yield from self._admit_distinct(part, rows[chosen], content)

    def _admit_distinct(
        self, table: pa.Table, rows: Sidecar, content: Sequence[str]
    ) -> Iterator[tuple[pa.Table, Sidecar]]:
        there = self._resolve_ids(table, rows)
        fresh = there < 0
        gone = ~fresh & (self._flags(there) & FORGOTTEN != 0)
        old = np.flatnonzero(~fresh & ~gone)
        same = self._same(table, old, there[old], content)
        changed = old[~same]
        if len(changed) and self._on_change == "error":
            raise _changed(table["id"][int(changed[0])].as_py())
        take = fresh.copy()
        if self._on_change == "revise":
            take[changed] = True
            rows["revision"][changed] = self._revisions(there[changed]) + 1
        self.counts["added"] += int(fresh.sum())
        self.counts["known"] += int(same.sum())
        self.counts["forgotten"] += int(gone.sum())
        self.counts["revised" if self._on_change == "revise" else "kept"] += len(changed)
        if take.any():
            chosen = np.flatnonzero(take)
            part = table if len(chosen) == table.num_rows else table.take(pa.array(chosen))
            yield part, self._enter(part, rows[chosen], content)

    def _enter(self, table: pa.Table, rows: Sidecar, content: Sequence[str]) -> Sidecar:
        self._resolve_content(table, rows, content)
        places = np.arange(self._rows, self._rows + len(rows), dtype=np.int64)
        self._by_key.add(np.ascontiguousarray(rows["key"]), places)
        self._by_content.add(np.ascontiguousarray(rows["content"]), places)
        self._shards.append(TableShard(table))
        late = np.flatnonzero(rows["revision"] > 1)
        self._revised.update(zip((places[late]).tolist(), rows["revision"][late].tolist(), strict=True))
        self._rows += len(rows)
        return rows

    def _resolve_ids(self, table: pa.Table, rows: Sidecar) -> NDArray[np.int64]:
        """The newest row of each item, -1 for new ones; sets another key where hashes collide."""
        there = np.full(len(rows), -1, dtype=np.int64)
        open_ = np.arange(len(rows))
        shelf = Shelf(self._shards)
        while len(open_):
            found, at = self._by_key.find(np.ascontiguousarray(rows["key"][open_]))
            open_, at = open_[found], at[found]
            if not len(open_):
                break
            gone = self._flags(at) & FORGOTTEN != 0
            ids = np.array(table["id"].take(pa.array(open_)).to_pylist(), dtype=object)
            same = gone | (ids == np.array(shelf.take(at, ["id"])["id"].to_pylist(), dtype=object))
            there[open_[same]] = at[same]
            open_ = open_[~same]
            rows["key"][open_] = rehash(rows["key"][open_])
        return there

    def _resolve_content(self, table: pa.Table, rows: Sidecar, content: Sequence[str]) -> None:
        """Set another content hash for rows whose hash is that of a different content."""
        open_ = np.arange(len(rows))
        while len(open_):
            hashes = np.ascontiguousarray(rows["content"][open_])
            found, at = self._by_content.find(hashes)
            other = ~self._same(table, open_[found], at[found], content)
            open_ = np.unique(np.concatenate([open_[found][other], _clashes(table, open_, hashes, content)]))
            rows["content"][open_] = rehash(rows["content"][open_])

    def _same(
        self, table: pa.Table, mine: NDArray[np.int64], theirs: NDArray[np.int64], content: Sequence[str]
    ) -> NDArray[np.bool_]:
        """Whether rows of the table have the very content of rows of the pool."""
        same = np.ones(len(mine), dtype=np.bool_)
        if not len(mine):
            return same
        shelf = Shelf(self._shards)
        fields = [name for name in content if name in shelf.types]
        if self._content is None:
            fields = list(dict.fromkeys([*fields, *(name for name in shelf.types if name != "id")]))
        old = sidecars.python_columns(shelf.take(theirs, fields), fields)
        new = table.take(pa.array(mine))
        for name in dict.fromkeys([*fields, *content]):
            ours = _column(new, name)
            before = old.get(name, [None] * len(mine))
            same &= np.fromiter((_text(a) == _text(b) for a, b in zip(ours, before, strict=True)), np.bool_)
        return same

    def _flags(self, at: NDArray[np.int64]) -> NDArray[np.uint32]:
        flags = np.zeros(len(at), dtype=np.uint32)
        before = (at >= 0) & (at < self._before)
        flags[before] = self._old["flags"][at[before]]
        return flags

    def _revisions(self, at: NDArray[np.int64]) -> NDArray[np.uint32]:
        found = np.array([self._revised.get(row, 1) for row in at.tolist()], dtype=np.uint32)
        before = at < self._before
        found[before] = self._old["revision"][at[before]]
        return found


def _column(table: pa.Table, name: str) -> list[object]:
    if name not in table.column_names:
        return [None] * int(table.num_rows)
    return sidecars.python_columns(table, [name])[name]


def _text(value: object) -> object:
    """A number and its text are the same content: shards of other types are read as text."""
    return value if value is None or isinstance(value, str | bytes) else str(value)


def _clashes(
    table: pa.Table, chosen: NDArray[np.int64], hashes: NDArray[np.uint64], content: Sequence[str]
) -> NDArray[np.int64]:
    """Of the chosen rows, those with the hash but not the content of an earlier one among them."""
    repeated = np.flatnonzero(occurrence(hashes) > 0)
    if not len(repeated):
        return repeated
    _, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
    earlier = table.take(pa.array(chosen[first[inverse][repeated]]))
    later = table.take(pa.array(chosen[repeated]))
    unlike = np.zeros(len(repeated), dtype=np.bool_)
    for name in content:
        pairs = zip(_column(earlier, name), _column(later, name), strict=True)
        unlike |= np.fromiter((a != b for a, b in pairs), np.bool_)
    return chosen[repeated[unlike]]


def _changed(item: str) -> InputError:
    return InputError(
        f"Item {item!r} is in the pool with other content; give it another id, or say what counts: "
        'on_change="revise" the new content, "keep" the old (--on-change with asklearn add).'
    )
