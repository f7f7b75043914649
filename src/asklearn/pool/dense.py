"""Dense features of rows: one long matrix, mapped from a file or held in memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.files import storage_errors, write_whole


class DenseMemory:
    """A matrix in memory that grows, and which of its rows are filled."""

    def __init__(self) -> None:
        self._matrix: NDArray[Any] | None = None
        self._filled = np.zeros(0, dtype=np.bool_)

    def filled(self, total: int) -> NDArray[np.bool_]:
        """Which of the first ``total`` rows are there."""
        mask = np.zeros(total, dtype=np.bool_)
        known = min(total, len(self._filled))
        mask[:known] = self._filled[:known]
        return mask

    def put(self, rows: NDArray[np.int64], matrix: NDArray[Any], total: int) -> None:
        """Keep features of rows."""
        if self._matrix is None:
            self._matrix = np.zeros((0, matrix.shape[1]), dtype=matrix.dtype)
        if total > len(self._matrix):
            more = max(total, len(self._matrix) * 3 // 2) - len(self._matrix)
            self._matrix = np.concatenate(
                [self._matrix, np.zeros((more, matrix.shape[1]), self._matrix.dtype)]
            )
            self._filled = np.concatenate([self._filled, np.zeros(more, dtype=np.bool_)])
        self._matrix[rows] = matrix
        self._filled[rows] = True

    def get(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Features of filled rows, in that order."""
        if self._matrix is None:
            return np.empty((len(rows), 0), dtype=np.float32)
        found: NDArray[Any] = self._matrix[rows]
        return found

    def erase(self, rows: NDArray[np.int64]) -> None:
        """Set the features of rows to zero."""
        if self._matrix is not None:
            self._matrix[rows[rows < len(self._matrix)]] = 0

    def close(self) -> None:
        """Nothing to let go of."""


class DenseFiles:
    """The same in three files: ``dense.bin``, ``filled.bin`` (a byte a row) and ``dense.json``.

    Features are on their way to the disk before their rows are marked as filled. What does not fit
    together is begun anew: it is a cache.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shape = folder / "dense.json"
        self._data, self._marks = folder / "dense.bin", folder / "filled.bin"
        self._kind: tuple[int, np.dtype[Any]] | None = None
        self._mapped: NDArray[Any] | None = None

    def filled(self, total: int) -> NDArray[np.bool_]:
        """Which of the first ``total`` rows are there."""
        mask = np.zeros(total, dtype=np.bool_)
        kind = self._read_kind()
        if kind is None or not self._marks.exists():
            return mask
        with storage_errors(self._marks, "read"):
            marks = np.fromfile(self._marks, dtype=np.uint8, count=total)
        whole = self._data.stat().st_size // _row_bytes(kind)
        known = min(len(marks), whole)
        mask[:known] = marks[:known] == 1
        return mask

    def put(self, rows: NDArray[np.int64], matrix: NDArray[Any], total: int) -> None:
        """Keep features of rows."""
        with storage_errors(self._folder):
            kind = self._read_kind() or self._begin(matrix)
            _grow(self._data, total * _row_bytes(kind))
            data = np.memmap(self._data, dtype=kind[1], mode="r+")
            data.reshape(-1, kind[0])[rows] = matrix
            data.flush()
            _grow(self._marks, total)
            marks = np.memmap(self._marks, dtype=np.uint8, mode="r+")
            marks[rows] = 1
            marks.flush()

    def get(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Features of filled rows, in that order."""
        kind = self._read_kind()
        if kind is None:
            return np.empty((len(rows), 0), dtype=np.float32)
        mapped = self._mapped
        if mapped is None or (len(rows) and int(rows.max()) >= len(mapped)):
            with storage_errors(self._data, "read"):
                mapped = self._mapped = np.memmap(self._data, dtype=kind[1], mode="r").reshape(-1, kind[0])
        return np.asarray(mapped[rows])

    def erase(self, rows: NDArray[np.int64]) -> None:
        """Set the features of rows to zero."""
        kind = self._read_kind()
        if kind is None:
            return
        with storage_errors(self._data):
            data = np.memmap(self._data, dtype=kind[1], mode="r+")
            matrix = data.reshape(-1, kind[0])
            matrix[rows[rows < len(matrix)]] = 0
            data.flush()

    def close(self) -> None:
        """Let go of the mapping."""
        self._mapped = None

    def _read_kind(self) -> tuple[int, np.dtype[Any]] | None:
        if self._kind is None and self._shape.exists() and self._data.exists():
            try:
                found = json.loads(self._shape.read_bytes())
                self._kind = int(found["columns"]), np.dtype(found["dtype"])
            except (OSError, ValueError, KeyError, TypeError):
                self._kind = None
        return self._kind

    def _begin(self, matrix: NDArray[Any]) -> tuple[int, np.dtype[Any]]:
        for path in (self._marks, self._data):
            path.unlink(missing_ok=True)  # not cut short: another process may have it mapped
        self._data.touch()
        kind = matrix.shape[1], matrix.dtype
        write_whole(self._shape, json.dumps({"columns": kind[0], "dtype": kind[1].str}).encode())
        self._kind, self._mapped = kind, None
        return kind


def _row_bytes(kind: tuple[int, np.dtype[Any]]) -> int:
    return max(1, kind[0] * kind[1].itemsize)


def _grow(path: Path, size: int) -> None:
    """Make the file at least that long; new bytes are zero and take no room until they are written."""
    with path.open("ab") as file:
        if file.tell() < size:
            file.truncate(size)
