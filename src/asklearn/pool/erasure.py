"""Erasing items: what they said goes, their row numbers and the hash of their ids stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asklearn.pool.sidecar import FORGOTTEN, Sidecar
from asklearn.pool.snapshot import Snapshot


def rows_of(snapshot: Snapshot, ids: Sequence[str]) -> NDArray[np.int64]:
    """All rows, of every revision, of these items; unknown ids have none."""
    newest = snapshot.find(list(ids))
    keys = snapshot.keys[newest[newest >= 0]]
    return np.flatnonzero(np.isin(snapshot.keys, keys))


def erase_table(table: pa.Table, rows: NDArray[np.int64]) -> pa.Table:
    """The table with those rows emptied: null fields, empty ids."""
    gone = np.zeros(table.num_rows, dtype=np.bool_)
    gone[rows] = True
    mask = pa.array(gone)
    columns = {
        name: pc.if_else(
            mask, pa.scalar("" if name == "id" else None, type=table.schema.field(name).type), table[name]
        )
        for name in table.column_names
    }
    return pa.table(columns)


def erase_sidecar(sidecar: Sidecar, rows: NDArray[np.int64]) -> Sidecar:
    """The sidecar with those rows marked forgotten and their content hashes gone."""
    erased = sidecar.copy()
    erased["flags"][rows] |= FORGOTTEN
    erased["content"][rows] = 0
    return erased
