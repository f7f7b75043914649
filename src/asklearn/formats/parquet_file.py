"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from asklearn.core.errors import InputError, StorageError
from asklearn.formats.batch import BATCH_ROWS, RawBatch


class ParquetFile:
    """A Parquet file."""

    unit = "row"
    exact: frozenset[str] = frozenset()
    encoding: str | None = None
    delimiter: str | None = None

    def __init__(self, path: Path, *, name: str) -> None:
        self.path, self.name = path, name
        self.total: int | None = path.stat().st_size
        try:
            with pq.ParquetFile(path) as file:
                self.columns = tuple(file.schema_arrow.names)
        except (OSError, pa.ArrowException) as error:
            raise InputError(f"{name} is damaged or not a Parquet file.") from error
        refuse_twins(self.columns, name)

    def batches(self) -> Iterator[RawBatch]:
        """All rows, some thousand at a time."""
        start = 1
        try:
            with pq.ParquetFile(self.path) as file:
                rows = max(1, file.metadata.num_rows)
                for part in file.iter_batches(batch_size=BATCH_ROWS):
                    lines = np.arange(start, start + part.num_rows, dtype=np.int64)
                    start += part.num_rows
                    done = (self.total or 0) * (start - 1) // rows
                    yield batch_of_table(pa.Table.from_batches([part]), lines, done)
        except (OSError, pa.ArrowException) as error:
            raise StorageError(f"{self.name} is damaged after row {start - 1}.") from error


def refuse_twins(columns: tuple[str, ...], name: str) -> None:
    """Refuse columns of the same name.

    Raises
    ------
    InputError
        Naming the first of them.
    """
    twice = next((one for one in columns if columns.count(one) > 1), None)
    if twice is not None:
        raise InputError(f"{name} has two columns called {twice!r}; rename one of them.")


def batch_of_table(table: pa.Table, lines: NDArray[np.int64], done: int) -> RawBatch:
    """A batch of an Arrow table, all of whose rows can be read."""

    def raw(place: int) -> str:
        return str(table.slice(place, 1).to_pylist()[0])

    return RawBatch(table, lines, raw, [], done)
