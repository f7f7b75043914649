"""Shards in a row, read as one table whatever the types in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.pool.shard import Shard


class Shelf:
    """Shards one after the other; a row is its position from the first shard's first row."""

    def __init__(self, shards: Iterable[Shard] = ()) -> None:
        self.shards: tuple[Shard, ...] = tuple(shards)
        self.starts = np.cumsum([0, *(shard.rows for shard in self.shards)])

    @property
    def rows(self) -> int:
        """Rows of all shards."""
        return int(self.starts[-1])

    @cached_property
    def types(self) -> dict[str, pa.DataType]:
        """Columns of all shards in order of appearance, each with the type that holds them all."""
        found: dict[str, pa.DataType] = {"id": pa.string()}
        for shard in self.shards:
            for name, kind in shard.types.items():
                found[name] = common_type(name, found.get(name), kind)
        return found

    def take(self, rows: NDArray[np.int64], columns: Sequence[str]) -> pa.Table:
        """Those rows, in that order; what a shard lacks is null."""
        kinds = [(name, self.types[name]) for name in columns]
        if not len(rows):
            return pa.table({name: pa.array([], type=kind) for name, kind in kinds})
        home = np.searchsorted(self.starts, rows, side="right") - 1
        order = np.argsort(home, kind="stable")
        parts = []
        for place, chosen in _groups(home, order):
            part = self.shards[place].take(rows[chosen] - self.starts[place], columns)
            parts.append(_conform(part, kinds))
        table = pa.concat_tables(parts)
        if np.array_equal(order, np.arange(len(order))):
            return table
        return table.take(pa.array(np.argsort(order, kind="stable")))


def _groups(home: NDArray[np.int64], order: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Each shard that is needed, with the places in the request of its rows."""
    edges = np.flatnonzero(np.diff(home[order])) + 1
    for chosen in np.split(order, edges):
        yield int(home[chosen[0]]), chosen


def _conform(table: pa.Table, kinds: Sequence[tuple[str, pa.DataType]]) -> pa.Table:
    there = set(table.column_names)
    return pa.table(
        {
            name: table[name].cast(kind) if name in there else pa.nulls(table.num_rows, type=kind)
            for name, kind in kinds
        }
    )


def common_type(name: str, one: pa.DataType | None, other: pa.DataType) -> pa.DataType:
    """The type that holds both: the same, numbers as float64, else text.

    Raises
    ------
    InputError
        When a vector meets something else.
    """
    if one is None or one == other or pa.types.is_null(one):
        return other
    if pa.types.is_null(other):
        return one
    if pa.types.is_nested(one) or pa.types.is_nested(other):
        raise InputError(
            f"Field {name!r} holds {one} in the pool and {other} here; give one of them another name."
        )
    if _is_number(one) and _is_number(other):
        return pa.int64() if pa.types.is_integer(one) and pa.types.is_integer(other) else pa.float64()
    return pa.string()


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))
