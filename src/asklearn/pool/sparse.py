"""Sparse features of rows: one CSR block for each block of the pool's grid, in files or in memory."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.files import write_whole
from asklearn.core.view import BLOCK_ROWS

Block = tuple[NDArray[np.int64], Any]
"""Rows in order, and a CSR matrix with a row for each."""

#: What a file that is missing, cut off or no archive raises: its features are made anew.
_DAMAGE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
_KEPT_BYTES = 256 * 1024 * 1024


class SparseMemory:
    """CSR blocks in memory; a block holds the features of some of its rows, or all."""

    def __init__(self) -> None:
        self._blocks: dict[int, Block] = {}

    def filled(self, total: int) -> NDArray[np.bool_]:
        """Which of the first ``total`` rows are there."""
        mask = np.zeros(total, dtype=np.bool_)
        for number in range(-(-total // BLOCK_ROWS)):
            rows = self._rows(number)
            mask[rows[rows < total]] = True
        return mask

    def put(self, rows: NDArray[np.int64], matrix: Any, total: int) -> None:
        """Keep features of rows."""
        from scipy.sparse import csr_matrix, vstack

        matrix = csr_matrix(matrix, dtype=np.float32)
        for number, at in _by_block(rows):
            held = self._load(number)
            kept_rows, kept = (rows[at], matrix[at])
            if held is not None:
                others = ~np.isin(held[0], kept_rows)
                kept_rows = np.concatenate([held[0][others], kept_rows])
                kept = vstack([held[1][others], kept], format="csr")
            order = np.argsort(kept_rows)
            self._save(number, (kept_rows[order], kept[order]))

    def get(self, rows: NDArray[np.int64]) -> Any:
        """Features of filled rows, in that order, as CSR."""
        from scipy.sparse import vstack

        parts, places = [], []
        for number, at in _by_block(rows):
            held = self._load(number)
            if held is not None:
                parts.append(held[1][np.searchsorted(held[0], rows[at])])
                places.append(at)
        if not parts:
            return _empty(len(rows), 0)
        return vstack(parts, format="csr")[np.argsort(np.concatenate(places), kind="stable")]

    def erase(self, rows: NDArray[np.int64]) -> None:
        """Set the features of rows to zero."""
        for number, at in _by_block(rows):
            held = self._load(number)
            gone = rows[at] if held is None else np.intersect1d(rows[at], held[0])
            if held is not None and len(gone):
                self.put(gone, _empty(len(gone), held[1].shape[1]), 0)

    def close(self) -> None:
        """Nothing to let go of."""

    def _rows(self, number: int) -> NDArray[np.int64]:
        held = self._load(number)
        return np.zeros(0, dtype=np.int64) if held is None else held[0]

    def _load(self, number: int) -> Block | None:
        return self._blocks.get(number)

    def _save(self, number: int, block: Block) -> None:
        self._blocks[number] = block


class SparseFiles(SparseMemory):
    """The same in files ``block-00000.npz``; the blocks used last stay in memory, up to 256 MB."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._known: dict[int, tuple[int, NDArray[np.int64]]] = {}
        self._recent: OrderedDict[int, tuple[int, Block]] = OrderedDict()

    def close(self) -> None:
        """Let go of the blocks in memory."""
        self._recent.clear()

    def _rows(self, number: int) -> NDArray[np.int64]:
        stamp = self._stamp(number)
        if number not in self._known or self._known[number][0] != stamp:
            self._known[number] = stamp, self._read_rows(number)
        return self._known[number][1]

    def _read_rows(self, number: int) -> NDArray[np.int64]:
        with contextlib.suppress(*_DAMAGE), np.load(self._path(number), allow_pickle=False) as found:
            rows: NDArray[np.int64] = found["rows"]
            return rows
        return np.zeros(0, dtype=np.int64)

    def _load(self, number: int) -> Block | None:
        from scipy.sparse import csr_matrix

        stamp = self._stamp(number)
        if number in self._recent and self._recent[number][0] == stamp:
            self._recent.move_to_end(number)
            return self._recent[number][1]
        with contextlib.suppress(*_DAMAGE):
            with np.load(self._path(number), allow_pickle=False) as found:
                shape = (len(found["rows"]), int(found["columns"]))
                matrix = csr_matrix((found["data"], found["indices"], found["indptr"]), shape=shape)
                block = found["rows"], matrix
            self._remember(number, stamp, block)
            return block
        return None

    def _save(self, number: int, block: Block) -> None:
        rows, matrix = block
        buffer = io.BytesIO()
        np.savez(
            buffer,
            rows=rows,
            columns=np.int64(matrix.shape[1]),
            data=matrix.data,
            indices=matrix.indices,
            indptr=matrix.indptr,
        )
        write_whole(self._path(number), buffer.getvalue())
        self._remember(number, self._stamp(number), block)

    def _remember(self, number: int, stamp: int, block: Block) -> None:
        self._recent[number] = stamp, block
        self._recent.move_to_end(number)
        while len(self._recent) > 1 and sum(map(_block_bytes, self._recent.values())) > _KEPT_BYTES:
            self._recent.popitem(last=False)

    def _path(self, number: int) -> Path:
        return self._folder / f"block-{number:05d}.npz"

    def _stamp(self, number: int) -> int:
        try:
            return self._path(number).stat().st_mtime_ns
        except FileNotFoundError:
            return -1


def _by_block(rows: NDArray[np.int64]) -> list[tuple[int, NDArray[np.int64]]]:
    """Each block that has some of the rows, with their places among them."""
    home = rows // BLOCK_ROWS
    order = np.argsort(home, kind="stable")
    edges = np.flatnonzero(np.diff(home[order])) + 1
    return [(int(home[at[0]]), at) for at in np.split(order, edges) if len(at)]


def _empty(rows: int, columns: int) -> Any:
    from scipy.sparse import csr_matrix

    nothing = np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int32), np.zeros(rows + 1, dtype=np.int32)
    return csr_matrix(nothing, shape=(rows, columns))


def _block_bytes(held: tuple[int, Block]) -> int:
    matrix = held[1][1]
    return int(matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes)
