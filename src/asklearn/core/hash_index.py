"""A map from 64-bit hashes to numbers that costs 16 bytes an entry: sorted runs instead of a dict."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray

Run = tuple[NDArray[np.uint64], NDArray[np.int64]]


class HashIndex:
    """Hashes to int64 values; of several values for one hash the latest added counts.

    Entries lie in sorted runs that are merged as they grow (O'Neil et al., 1996, "The log-structured
    merge-tree"), so adding n entries in small batches costs O(n log² n) and looking up k costs
    O(k log² n).

    Examples
    --------
    >>> index = HashIndex()
    >>> index.add(np.array([7, 9], dtype=np.uint64), np.array([0, 1]))
    >>> index.find(np.array([9, 8], dtype=np.uint64))
    (array([ True, False]), array([ 1, -1]))
    """

    def __init__(self) -> None:
        self._runs: list[Run] = []

    def __len__(self) -> int:
        return sum(len(hashes) for hashes, _ in self._runs)

    def copy(self) -> HashIndex:
        """An index of its own over the same entries; runs are shared, since they never change."""
        twin = HashIndex()
        twin._runs = list(self._runs)
        return twin

    def add(self, hashes: NDArray[np.uint64], values: NDArray[np.int64]) -> None:
        """Add entries, both of shape (n,); later ones win over earlier ones."""
        if not len(hashes):
            return
        self._runs.append(_last_of_each(hashes, values.astype(np.int64, copy=False)))
        while len(self._runs) > 1 and 2 * len(self._runs[-1][0]) > len(self._runs[-2][0]):
            newer, older = self._runs.pop(), self._runs.pop()
            self._runs.append(_merge(older, newer))

    def find(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Which hashes are there, and their values (-1 where not); both of shape (n,)."""
        found = np.zeros(len(hashes), dtype=np.bool_)
        values = np.full(len(hashes), -1, dtype=np.int64)
        order = np.argsort(hashes)  # sorted questions walk a run from left to right, which caches like
        asked = hashes[order]
        for run_hashes, run_values in reversed(self._runs):
            place = np.minimum(np.searchsorted(run_hashes, asked), len(run_hashes) - 1)
            hit = run_hashes[place] == asked
            new = order[hit]
            fresh = ~found[new]
            values[new[fresh]] = run_values[place[hit][fresh]]
            found[new] = True
        return found, values

    def values(self) -> NDArray[np.int64]:
        """The value of every hash, in the order of the hashes."""
        if not self._runs:
            return np.zeros(0, dtype=np.int64)
        self._runs = [reduce(_merge, self._runs)]
        return self._runs[0][1]


def _merge(older: Run, newer: Run) -> Run:
    """One run of two, without sorting them again; the newer values count."""
    place = np.searchsorted(older[0], newer[0])
    same = older[0][np.minimum(place, len(older[0]) - 1)] == newer[0]
    fresh = ~same
    before = np.cumsum(fresh) - fresh  # fresh ones that stand before each of the newer
    at = (place + before)[fresh]
    kept = np.ones(len(older[0]) + len(at), dtype=np.bool_)
    kept[at] = False
    hashes, values = np.empty(len(kept), dtype=np.uint64), np.empty(len(kept), dtype=np.int64)
    hashes[kept], values[kept] = older
    hashes[at], values[at] = newer[0][fresh], newer[1][fresh]
    values[(place + before)[same]] = newer[1][same]
    return hashes, values


def _last_of_each(hashes: NDArray[np.uint64], values: NDArray[np.int64]) -> Run:
    order = np.argsort(hashes, kind="stable")
    hashes, values = hashes[order], values[order]
    last = np.ones(len(hashes), dtype=np.bool_)
    last[:-1] = hashes[1:] != hashes[:-1]
    return (hashes, values) if last.all() else (hashes[last], values[last])


def occurrence(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How often each hash came before in the same array; shape (n,), 0 for the first of its kind."""
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    first = np.ones(len(hashes), dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    position = np.arange(len(hashes), dtype=np.int64)
    counts = np.empty(len(hashes), dtype=np.int64)
    counts[order] = position - np.maximum.accumulate(np.where(first, position, 0))
    return counts
