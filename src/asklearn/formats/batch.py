"""What every format hands on: rows as columns, where they stood, and what was wrong with the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

#: A field larger than this many bytes is refused.
MAX_FIELD = 1_000_000
#: Rows of one batch, where a format counts rows rather than bytes.
BATCH_ROWS = 8_192


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be taken: where it starts, why, and how it reads."""

    line: int
    reason: str
    column: str | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class RawBatch:
    """Some rows of a source.

    Attributes
    ----------
    table : pyarrow.Table
        Good rows, one column for each column of the source.
    lines : ndarray of shape (n,), int64
        Line (or row) of the source on which each good row starts, from 1.
    raw : callable
        Position of a good row to its text in the source, for the file of skipped rows.
    problems : list of Problem
        Rows between them that could not be read.
    done : int
        Bytes of the source read so far.
    """

    table: pa.Table
    lines: NDArray[np.int64]
    raw: Callable[[int], str]
    problems: list[Problem] = field(default_factory=list)
    done: int = 0


class Source(Protocol):
    """A file or object that rows are read from, opened far enough to know its columns."""

    name: str
    unit: str
    columns: tuple[str, ...]
    total: int | None
    encoding: str | None
    delimiter: str | None
    exact: frozenset[str]
    """Columns to read as texts, spelled as they are; set once the roles are known."""

    def batches(self) -> Iterator[RawBatch]:
        """All rows from the first, in bounded memory; every call begins anew."""
        ...
