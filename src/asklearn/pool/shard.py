"""A shard: consecutive rows of the pool, in a Parquet file or in memory."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from asklearn.core.errors import StorageError

#: Rows of one Parquet row group: what must be read to see one row.
ROW_GROUP = 4_096
#: A shard is closed when it has this many rows.
SHARD_ROWS = 131_072
#: A last shard of fewer rows is written anew with the next rows, so that single arrivals make few files.
SMALL_SHARD = 8_192
#: A shard is closed early when its texts reach this many bytes.
SHARD_BYTES = 256 * 1024 * 1024


class Shard(Protocol):
    """Consecutive rows of the pool."""

    @property
    def rows(self) -> int:
        """How many."""
        ...

    @property
    def types(self) -> dict[str, pa.DataType]:
        """Columns and their types, ``id`` among them."""
        ...

    def take(self, positions: NDArray[np.int64], columns: Sequence[str]) -> pa.Table:
        """Those rows of those of the columns that it has, in that order."""
        ...


class TableShard:
    """A shard in memory."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @property
    def rows(self) -> int:
        """How many rows."""
        return int(self.table.num_rows)

    @property
    def types(self) -> dict[str, pa.DataType]:
        """Columns and their types."""
        return {field.name: field.type for field in self.table.schema}

    def take(self, positions: NDArray[np.int64], columns: Sequence[str]) -> pa.Table:
        """Those rows of those columns."""
        return self.table.select(_present(columns, self.types)).take(pa.array(positions))


class FileShard:
    """A shard in a Parquet file, whose handle and footer are kept once it was read.

    Raises
    ------
    StorageError
        When the file is damaged. A missing file raises FileNotFoundError: its pool has moved on.
    """

    def __init__(self, path: Path, rows: int) -> None:
        self.path = path
        self._rows = rows
        self._file: pq.ParquetFile | None = None
        self._lock = threading.Lock()

    @property
    def rows(self) -> int:
        """How many rows."""
        return self._rows

    @property
    def types(self) -> dict[str, pa.DataType]:
        """Columns and their types."""
        with self._lock:
            return {field.name: field.type for field in self._open().schema_arrow}

    def take(self, positions: NDArray[np.int64], columns: Sequence[str]) -> pa.Table:
        """Those rows of those columns; reads only the row groups that hold them."""
        groups = np.unique(positions // ROW_GROUP)
        with self._lock:
            file = self._open()
            names = _present(columns, {field.name: field for field in file.schema_arrow})
            try:
                table = file.read_row_groups([int(group) for group in groups], columns=names)
            except (OSError, pa.ArrowException) as error:
                raise _damaged(self.path) from error
        # the groups read follow each other in the table: shift each row by the groups left out before it
        shift = groups * ROW_GROUP - np.arange(len(groups)) * ROW_GROUP
        local = positions - shift[np.searchsorted(groups, positions // ROW_GROUP)]
        if len(local) == table.num_rows and np.array_equal(local, np.arange(len(local))):
            return table
        return table.take(pa.array(local))

    def read(self) -> pa.Table:
        """The whole shard."""
        return self.take(np.arange(self._rows, dtype=np.int64), list(self.types))

    def close(self) -> None:
        """Let go of the file; it is opened again when needed."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _open(self) -> pq.ParquetFile:
        if self._file is None:
            try:
                self._file = pq.ParquetFile(self.path)
            except FileNotFoundError:
                raise
            except (OSError, pa.ArrowException) as error:
                raise _damaged(self.path) from error
        return self._file


def _damaged(path: Path) -> StorageError:
    return StorageError(f"{path} is damaged or not a Parquet file; put back its copy from a backup.")


def _present(columns: Sequence[str], there: dict[str, Any]) -> list[str]:
    return [name for name in columns if name in there]


def write_shard(path: Path, table: pa.Table) -> None:
    """Write a table as the Parquet file of a shard (not synced, not renamed)."""
    pq.write_table(
        table, path, row_group_size=ROW_GROUP, compression="zstd", compression_level=1, use_dictionary=False
    )
