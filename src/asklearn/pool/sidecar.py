"""What is known of each row without reading it: hash of its id and content, revision, flags."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asklearn.core import ids as hashing
from asklearn.core.files import write_whole

#: One row of a sidecar.
ROW = np.dtype([("key", "<u8"), ("content", "<u8"), ("revision", "<u4"), ("flags", "<u4")])
BLANK, FORGOTTEN = 1, 2

Sidecar = NDArray[np.void]


def build(table: pa.Table, content: Sequence[str]) -> Sidecar:
    """The sidecar of a table with column ``id``; ``content`` names the fields that make its content.

    Every revision is 1; whoever admits the rows knows better.
    """
    rows = np.zeros(table.num_rows, dtype=ROW)
    rows["key"] = hashing.hash_ids(table["id"].to_pylist())
    rows["content"] = hashing.content_hashes(python_columns(table, content)) if content else 0
    rows["revision"] = 1
    rows["flags"] = np.where(blank(table, content), BLANK, 0)
    return rows


def python_columns(table: pa.Table, names: Sequence[str]) -> dict[str, list[Any]]:
    """Columns as Python values, each vector as its bytes."""
    return {name: _python_values(table[name]) for name in names}


def _python_values(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_fixed_size_list(column.type) and not column.null_count:
        width = column.type.list_size
        matrix = np.asarray(column.combine_chunks().flatten()).reshape(-1, width)
        return [vector.tobytes() for vector in matrix]
    values: list[Any] = column.to_pylist()
    return values


def blank(table: pa.Table, content: Sequence[str]) -> NDArray[np.bool_]:
    """Rows whose content is nothing but white space; shape (n,)."""
    if not content:
        return np.zeros(table.num_rows, dtype=np.bool_)
    empty = [_blank_values(table[name]) for name in content]
    everywhere: NDArray[np.bool_] = np.all(np.stack(empty), axis=0)
    return everywhere


def _blank_values(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    empty = pc.is_null(column)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        empty = pc.or_kleene(empty, pc.equal(pc.utf8_trim_whitespace(column), ""))
    return np.asarray(empty, dtype=np.bool_)


def has_flag(rows: Sidecar, flag: int) -> NDArray[np.bool_]:
    """Rows that carry the flag; shape (n,)."""
    flags: NDArray[np.uint32] = rows["flags"]
    carried: NDArray[np.bool_] = (flags & np.uint32(flag)).astype(np.bool_)
    return carried


def write(path: Path, rows: Sidecar) -> None:
    """Write a sidecar whole, or not at all."""
    buffer = io.BytesIO()
    np.save(buffer, rows)
    write_whole(path, buffer.getvalue())


def read(path: Path, rows: int) -> Sidecar | None:
    """A sidecar of that many rows; None when it is missing or damaged, so that it can be rebuilt."""
    try:
        found: Sidecar = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return found if found.dtype == ROW and found.shape == (rows,) else None
