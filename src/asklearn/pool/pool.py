"""The pool: all items of a project, row by row, appended to and never renumbered."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from asklearn.core.errors import InputError
from asklearn.core.records import Item, Origin
from asklearn.core.view import BLOCK_ROWS
from asklearn.pool.admission import Appended, OnChange
from asklearn.pool.snapshot import Snapshot

_AT_ONCE = 32_768

Tables: TypeAlias = pa.Table | Iterable[pa.Table]


class Pool(ABC):
    """All items of a project. Rows count from 0 in order of arrival and keep their numbers for ever.

    `MemoryPool` and `asklearn.pool.ShardedPool` keep it in memory and in a folder; both answer alike.
    """

    def __len__(self) -> int:
        return len(self._now())

    @property
    @abstractmethod
    def content(self) -> tuple[str, ...] | None:
        """Fields that make an item's content, which duplicates share; None for all fields."""

    @abstractmethod
    def append(
        self, tables: Tables, *, origin: Origin = "imported", on_change: OnChange = "error"
    ) -> Appended:
        """Add items, all or none.

        Parameters
        ----------
        tables : pyarrow.Table or iterable of them
            Column ``id`` (text) and the fields. An iterable is consumed table by table, in bounded memory.
        origin : {"imported", "stream", "synthetic"}
        on_change : {"error", "revise", "keep"}
            What to do with an id that is there with other content: refuse it all, append a revision (the
            old row is not asked any more), or keep the old.

        Raises
        ------
        InputError
            On an item with other content, a missing column, an id that is no text.
        """

    @abstractmethod
    def forget(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """Erase all revisions of these items: their ids, their fields, their content hashes.

        Rows keep their numbers and an unreadable mark, so that importing the same file again does not
        bring a forgotten item back.

        Returns
        -------
        ndarray of int64
            Rows erased; give them to `asklearn.pool.FeatureCache.forget`.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of open files; the pool can be used again all the same."""

    @abstractmethod
    def _now(self) -> Snapshot:
        """The pool as it is now."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the item fields, in order of appearance."""
        return tuple(name for name in self._now().shelf.types if name != "id")

    def keys(self) -> NDArray[np.uint64]:
        """Hash of each row's id, shape (len(self),): the counter of keyed randomness."""
        return self._now().keys

    def askable(self) -> NDArray[np.bool_]:
        """Rows that may be asked about, shape (len(self),).

        These are latest revisions, not blank, not forgotten, and of exact duplicates the first.
        """
        return self._now().askable

    def blank(self) -> NDArray[np.bool_]:
        """Rows without any text, shape (len(self),)."""
        return self._now().blank

    def forgotten(self) -> NDArray[np.bool_]:
        """Rows that were erased, shape (len(self),)."""
        return self._now().forgotten

    def ids(self, rows: ArrayLike) -> list[str]:
        """The id of each row; an erased row has the empty one."""
        now = self._now()
        return now.ids(_checked(rows, len(now)))

    def find(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """The row of the latest revision of each id, -1 when unknown or forgotten; shape (len(ids),)."""
        return self._now().find(list(ids))

    def duplicates_of(self, row: int) -> NDArray[np.int64]:
        """Other current rows with the same content, in order."""
        now = self._now()
        _checked([row], len(now))
        same = (now.sidecar["content"] == now.sidecar["content"][row]) & now.current
        same[row] = False
        return np.flatnonzero(same)

    def representative(self, rows: ArrayLike) -> NDArray[np.int64]:
        """For each row the one that is asked for its content; -1 where none is (blank, forgotten).

        So an answer that came with the file for a duplicate settles the row that would be asked.
        """
        now = self._now()
        asked = np.flatnonzero(now.askable)
        content = now.sidecar["content"]
        order = np.argsort(content[asked], kind="stable")
        wanted = _checked(rows, len(now))
        if not len(asked):
            return np.full(len(wanted), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(content[asked][order], content[wanted]), len(asked) - 1)
        found = asked[order[place]]
        lost = (content[found] != content[wanted]) | now.forgotten[wanted] | now.blank[wanted]
        return np.where(lost, -1, found)

    def take(self, rows: ArrayLike, columns: Sequence[str] | None = None) -> pa.Table:
        """Fields of those rows, in that order; a few rows cost a few row groups.

        Parameters
        ----------
        rows : array-like of int, shape (k,)
        columns : sequence of str, optional
            Fields, or ``"id"``; all fields when not given.
        """
        now = self._now()
        names = [name for name in now.shelf.types if name != "id"] if columns is None else list(columns)
        for name in names:
            if name not in now.shelf.types:
                there = ", ".join(now.shelf.types) or "none"
                raise InputError(f"The pool has no field {name!r}; its fields are: {there}.")
        return now.shelf.take(_checked(rows, len(now)), names)

    def items(self, rows: ArrayLike) -> list[Item]:
        """Those rows as records, with fields as plain Python values."""
        now = self._now()
        wanted = _checked(rows, len(now))
        table = now.shelf.take(wanted, list(now.shelf.types)) if len(wanted) else None
        if table is None:
            return []
        columns = {name: _plain(table[name]) for name in table.column_names}
        ids = columns.pop("id")
        return [
            Item(
                id=ids[i],
                fields={name: values[i] for name, values in columns.items()},
                revision=int(now.sidecar["revision"][row]),
                origin=self._origin(int(row)),
                row=int(row),
            )
            for i, row in enumerate(wanted)
        ]

    def blocks(
        self, size: int = BLOCK_ROWS, columns: Sequence[str] | None = None
    ) -> Iterator[tuple[int, pa.Table]]:
        """Consecutive rows in tables of ``size`` rows, each with the row it starts at."""
        total = len(self)
        for start in range(0, total, size):
            yield start, self.take(np.arange(start, min(start + size, total)), columns)

    @abstractmethod
    def _origin(self, row: int) -> Origin:
        """Where a row came from."""

    def _counted(self, counts: Mapping[str, int], before: int) -> Appended:
        """The report of an append that is done."""
        now = self._now()
        new = slice(before, len(now))
        doubles = now.current[new] & ~now.blank[new] & ~now.askable[new]
        return Appended(
            **counts,
            duplicates=int(doubles.sum()),
            blank=int(now.blank[new].sum()),
            start=before,
            stop=len(now),
        )


def checked_tables(tables: Tables, content: Sequence[str] | None) -> Iterator[pa.Table]:
    """The tables to append, one by one, with ``id`` as text first.

    Raises
    ------
    InputError
        On a missing column, or an id that is null, empty or no text.
    """
    for table in [tables] if isinstance(tables, pa.Table) else tables:
        for name in ("id", *(content or ())):
            if name not in table.column_names:
                raise InputError(
                    f"Items need a column {name!r}; these have: {', '.join(table.column_names) or 'none'}."
                )
        ids = table["id"].cast(pa.string())
        if ids.null_count or pc.any(pc.equal(ids, "")).as_py():
            raise InputError("Every item needs an id that is not empty.")
        rest = [name for name in table.column_names if name != "id"]
        whole = pa.table([ids, *(table[name] for name in rest)], names=["id", *rest])
        for start in range(0, whole.num_rows, _AT_ONCE):
            yield whole.slice(start, _AT_ONCE)


def _checked(rows: ArrayLike, total: int) -> NDArray[np.int64]:
    wanted = np.asarray(rows, dtype=np.int64).reshape(-1)
    if len(wanted) and (wanted.min() < 0 or wanted.max() >= total):
        raise InputError(f"Rows of this pool are 0 to {total - 1}; got {wanted.min()} to {wanted.max()}.")
    return wanted


def _plain(column: pa.ChunkedArray) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if pa.types.is_floating(column.type):
        return [None if value is not None and math.isnan(value) else value for value in values]
    return values
