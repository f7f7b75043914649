"""A pool in memory: for arrays, notebooks and simulations."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asklearn.core.records import Origin
from asklearn.pool.admission import Admission, Appended, OnChange
from asklearn.pool.erasure import erase_sidecar, erase_table, rows_of
from asklearn.pool.pool import Pool, Tables, checked_tables
from asklearn.pool.shard import TableShard
from asklearn.pool.shelf import Shelf
from asklearn.pool.snapshot import Snapshot


class MemoryPool(Pool):
    """All items of a project, in memory.

    Parameters
    ----------
    content : sequence of str, optional
        Fields that make an item's content; all when not given.

    Examples
    --------
    >>> pool = MemoryPool(content=["text"])
    >>> done = pool.append(pa.table({"id": ["a", "b", "c"], "text": ["hello", "hello", " "]}))
    >>> done.added, done.duplicates, done.blank
    (3, 1, 1)
    >>> pool.askable().tolist()
    [True, False, False]
    """

    def __init__(self, content: Sequence[str] | None = None) -> None:
        self._content = None if content is None else tuple(content)
        self._snapshot = Snapshot()
        self._origins: list[tuple[int, Origin]] = []
        self._lock = threading.Lock()

    @property
    def content(self) -> tuple[str, ...] | None:
        """Fields that make an item's content."""
        return self._content

    def append(
        self, tables: Tables, *, origin: Origin = "imported", on_change: OnChange = "error"
    ) -> Appended:
        """Add items; see `Pool.append`."""
        with self._lock:
            old = self._snapshot
            admission = Admission(old, self._content, on_change)
            parts: list[pa.Table] = []
            known = [old.sidecar]
            for table in checked_tables(tables, self._content):
                for part, rows in admission.admit(table):
                    parts.append(part)
                    known.append(rows)
            if parts:
                self._snapshot = Snapshot(Shelf([*old.shelf.shards, *_shards(parts)]), np.concatenate(known))
                self._origins.append((len(old), origin))
            return self._counted(admission.counts, len(old))

    def forget(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """Erase items; see `Pool.forget`."""
        with self._lock:
            now = self._snapshot
            rows = rows_of(now, ids)
            shards = []
            for shard, start in zip(now.shelf.shards, now.shelf.starts, strict=False):
                inside = rows[(rows >= start) & (rows < start + shard.rows)] - start
                assert isinstance(shard, TableShard)
                shards.append(TableShard(erase_table(shard.table, inside)) if len(inside) else shard)
            if len(rows):
                self._snapshot = Snapshot(Shelf(shards), erase_sidecar(now.sidecar, rows))
            return rows

    def close(self) -> None:
        """Nothing to let go of."""

    def _now(self) -> Snapshot:
        return self._snapshot

    def _origin(self, row: int) -> Origin:
        return next(origin for start, origin in reversed(self._origins) if start <= row)


def _shards(parts: list[pa.Table]) -> list[TableShard]:
    """One shard for each run of tables with the same columns."""
    runs: list[list[pa.Table]] = []
    for part in parts:
        if runs and runs[-1][0].schema == part.schema:
            runs[-1].append(part)
        else:
            runs.append([part])
    return [TableShard(pa.concat_tables(run).combine_chunks()) for run in runs]
