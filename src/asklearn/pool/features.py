"""Features of a pool's rows by one encoder: filled in the background, usable before it is done."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asklearn.core.errors import NotReady, StorageError
from asklearn.core.files import storage_errors
from asklearn.core.protocols import Encoder, Executor
from asklearn.core.view import Matrix
from asklearn.pool.dense import DenseFiles, DenseMemory
from asklearn.pool.locking import writing
from asklearn.pool.pool import Pool
from asklearn.pool.sparse import SparseFiles, SparseMemory

#: Rows given to the encoder at once; blocks are a grid fixed by the pool, whoever asks.
STEP = 1_024
#: Steps given to the executor at once, after which the progress is reported and ``stop`` is asked.
STEPS_AT_ONCE = 8
_PATIENCE = 60.0


class FeatureCache:
    """Features by row number, kept under the encoder's version.

    Several processes may read while one fills; a row is ready once its features are whole. Features are
    stored as the encoder gives them: float16 or float32 by memory map, or CSR float32 in blocks.

    Parameters
    ----------
    folder : path or None
        Folder of this encoder and version; in memory when None.
    encoder : Encoder
        Fitted.

    Examples
    --------
    >>> class Lengths:
    ...     name, version, sparse = "lengths", "1", False
    ...     def transform(self, fields):
    ...         return np.array([[len(text)] for text in fields["text"].to_pylist()], dtype=np.float32)
    >>> from asklearn.pool import MemoryPool
    >>> pool = MemoryPool()
    >>> done = pool.append(pa.table({"id": ["a", "b"], "text": ["hello", "hi"]}))
    >>> cache = FeatureCache(None, Lengths())
    >>> cache.get([1], pool=pool)
    array([[2.]], dtype=float32)
    >>> cache.ready(len(pool)).tolist()
    [False, True]
    """

    def __init__(self, folder: str | Path | None, encoder: Encoder) -> None:
        self.encoder = encoder
        self._folder = None if folder is None else Path(folder)
        self._lock = threading.RLock()
        self._erased = -1
        if self._folder is None:
            self._kept: DenseMemory | DenseFiles | SparseMemory = (
                SparseMemory() if encoder.sparse else DenseMemory()
            )
        else:
            with storage_errors(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
            self._kept = SparseFiles(self._folder) if encoder.sparse else DenseFiles(self._folder)

    def ready(self, total: int) -> NDArray[np.bool_]:
        """Which of the first ``total`` rows of the pool have features; shape (total,)."""
        with self._lock:
            return self._kept.filled(total)

    def get(self, rows: Sequence[int] | NDArray[np.int64], *, pool: Pool | None = None) -> Matrix:
        """Features of rows, in that order.

        Parameters
        ----------
        rows : array-like of int, shape (k,)
        pool : Pool, optional
            Where missing rows are read and encoded from, on the spot.

        Returns
        -------
        ndarray of shape (k, d) or CSR matrix

        Raises
        ------
        NotReady
            When some rows have no features yet and no pool is given.
        """
        wanted = np.asarray(rows, dtype=np.int64).reshape(-1)
        if not len(wanted):
            return self._kept.get(wanted)
        missing = np.unique(wanted[~self.ready(int(wanted.max()) + 1)[wanted]])
        if not len(missing):
            return self._kept.get(wanted)
        if pool is None:
            raise NotReady(f"{len(missing):,} of these items are not encoded yet; encode them first.")
        if self._fill_now(pool, missing):
            return self._kept.get(wanted)
        return self._beside(pool, wanted, missing)

    def encode(
        self,
        pool: Pool,
        *,
        rows: Sequence[int] | NDArray[np.int64] | None = None,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] | None = None,
        executor: Executor | None = None,
    ) -> int:
        """Fill in what is missing, block by block in the pool's order; what is done stays done.

        Parameters
        ----------
        pool : Pool
        rows : array-like of int, optional
            Only these; all when not given.
        progress : callable, optional
            Called with rows done and rows to do in all, at the start and after every thousand or so.
        stop : callable, optional
            Asked before every thousand rows or so; True ends it there.
        executor : Executor, optional
            Encodes several thousand rows at a time in parallel.

        Returns
        -------
        int
            How many rows were encoded.
        """
        total = len(pool)
        asked = np.arange(total) if rows is None else np.unique(np.asarray(rows, dtype=np.int64))
        self._erase_forgotten(pool)
        missing = asked[~self.ready(total)[asked]]
        before, done = len(asked) - len(missing), 0
        for group in _groups(missing, 1 if executor is None else STEPS_AT_ONCE):
            if progress is not None:
                progress(before + done, len(asked))
            if stop is not None and stop():
                return done
            with self._filling(_PATIENCE):
                self._fill(pool, group, executor)
            done += sum(map(len, group))
        if progress is not None:
            progress(before + done, len(asked))
        return done

    def forget(self, rows: Sequence[int] | NDArray[np.int64]) -> None:
        """Erase the features of rows; they count as encoded, with zeros."""
        gone = np.asarray(rows, dtype=np.int64).reshape(-1)
        if len(gone):
            with self._filling(_PATIENCE):
                self._kept.erase(gone)

    def close(self) -> None:
        """Let go of open files."""
        with self._lock:
            self._kept.close()

    def _fill(self, pool: Pool, steps: list[NDArray[np.int64]], executor: Executor | None = None) -> None:
        """Encode and keep those rows that nobody encoded in the meantime."""
        total = len(pool)
        ready = self._kept.filled(total)
        steps = [rows for step in steps if len(rows := step[~ready[step]])]
        for step, matrix in self._transform(pool, steps, executor):
            self._kept.put(step, matrix, total)

    def _fill_now(self, pool: Pool, missing: NDArray[np.int64]) -> bool:
        """Encode and keep rows, unless someone else is just filling."""
        try:
            with self._filling(0.0):
                for group in _groups(missing, 1):
                    self._fill(pool, group)
        except StorageError:
            return False
        return True

    def _beside(self, pool: Pool, wanted: NDArray[np.int64], missing: NDArray[np.int64]) -> Matrix:
        """Features of rows of which some cannot be kept now."""
        parts: list[Any] = []
        places: list[NDArray[np.int64]] = []
        for group in _groups(missing, 1):
            for step, matrix in self._transform(pool, group, None):
                places.append(step)
                parts.append(matrix)
        there = np.setdiff1d(wanted, missing)
        if len(there):
            places.append(there)
            parts.append(self._kept.get(there))
        rows = np.concatenate(places)
        order = np.argsort(rows, kind="stable")
        return _stack(parts, sparse=self.encoder.sparse)[order[np.searchsorted(rows[order], wanted)]]

    def _transform(
        self, pool: Pool, steps: list[NDArray[np.int64]], executor: Executor | None
    ) -> Iterator[tuple[NDArray[np.int64], Any]]:
        fields = getattr(self.encoder, "fields", None)
        columns = None if not fields else [name for name in fields if name in pool.fields]
        tables = [pool.take(step, columns) for step in steps]
        found = map(self._apply, tables) if executor is None else executor.map(self._apply, tables)
        yield from zip(steps, found, strict=True)

    def _apply(self, table: pa.Table) -> Any:
        matrix = self.encoder.transform(table)
        if not self.encoder.sparse and matrix.dtype not in (np.float16, np.float32):
            return np.asarray(matrix, dtype=np.float32)
        return matrix

    def _erase_forgotten(self, pool: Pool) -> None:
        """Features of items that were forgotten while this cache was elsewhere go too."""
        gone = np.flatnonzero(pool.forgotten())
        if len(gone) != self._erased:
            if len(gone):
                self._kept.erase(gone)
            self._erased = len(gone)

    @contextlib.contextmanager
    def _filling(self, seconds: float) -> Iterator[None]:
        """The right to fill: one thread of one process."""
        with self._lock, contextlib.ExitStack() as stack:
            if self._folder is not None:
                stack.enter_context(writing(self._folder, seconds=seconds))
            yield


def _groups(rows: NDArray[np.int64], at_once: int) -> Iterator[list[NDArray[np.int64]]]:
    """Rows in steps, some steps at a time: by the grid, or packed when they lie scattered."""
    if not len(rows):
        return
    edges = np.flatnonzero(np.diff(rows // STEP)) + 1
    if len(rows) < (len(edges) + 1) * STEP // 4:
        edges = np.arange(STEP, len(rows), STEP)
    steps = np.split(rows, edges)
    for start in range(0, len(steps), at_once):
        yield steps[start : start + at_once]


def _stack(parts: list[Any], *, sparse: bool) -> Any:
    if sparse:
        from scipy.sparse import vstack

        return vstack(parts, format="csr")
    return np.concatenate(parts)
