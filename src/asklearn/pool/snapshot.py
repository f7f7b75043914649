"""The pool as it was at one moment: shards and what is known of each row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from asklearn.core.hash_index import HashIndex
from asklearn.core.ids import hash_ids
from asklearn.core.randomness import mix
from asklearn.pool.shelf import Shelf
from asklearn.pool.sidecar import BLANK, FORGOTTEN, ROW, Sidecar, has_flag


class Snapshot:
    """Immutable; a pool that changes makes a new one.

    Parameters
    ----------
    shelf : Shelf
    sidecar : structured array of shape (rows,)
    """

    def __init__(self, shelf: Shelf | None = None, sidecar: Sidecar | None = None) -> None:
        self.shelf = Shelf() if shelf is None else shelf
        self.sidecar = np.zeros(0, dtype=ROW) if sidecar is None else sidecar

    def __len__(self) -> int:
        return len(self.sidecar)

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """Hash of each row's id."""
        return np.ascontiguousarray(self.sidecar["key"])

    @cached_property
    def by_key(self) -> HashIndex:
        """Hash of an id to its newest row."""
        index = HashIndex()
        index.add(self.keys, np.arange(len(self), dtype=np.int64))
        return index

    @cached_property
    def by_content(self) -> HashIndex:
        """Hash of a content to a row that has it; forgotten rows have none."""
        index = HashIndex()
        rows = np.flatnonzero(~self.forgotten)
        index.add(np.ascontiguousarray(self.sidecar["content"][rows]), rows)
        return index

    @cached_property
    def forgotten(self) -> NDArray[np.bool_]:
        """Rows whose content was erased."""
        return has_flag(self.sidecar, FORGOTTEN)

    @cached_property
    def blank(self) -> NDArray[np.bool_]:
        """Rows without any text."""
        return has_flag(self.sidecar, BLANK)

    @cached_property
    def current(self) -> NDArray[np.bool_]:
        """Rows that are the latest revision of their item and not forgotten."""
        if (self.sidecar["revision"] == 1).all():  # no id stands here twice
            return ~self.forgotten
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[self.by_key.values()] = True
        return mask & ~self.forgotten

    @cached_property
    def askable(self) -> NDArray[np.bool_]:
        """Current rows that are not blank, the first of each content."""
        able = self.current & ~self.blank
        order = np.argsort(self.sidecar["content"], kind="stable")
        if not able.all():
            order = order[able[order]]
        content = self.sidecar["content"][order]
        first = np.ones(len(order), dtype=np.bool_)
        first[1:] = content[1:] != content[:-1]
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[order[first]] = True
        mask.flags.writeable = False
        return mask

    def ids(self, rows: NDArray[np.int64]) -> list[str]:
        """The id of each row."""
        found: list[str] = self.shelf.take(rows, ["id"])["id"].to_pylist()
        return found

    def find(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """The newest row of each id, -1 when unknown or forgotten; equal hashes are verified."""
        rows = np.full(len(ids), -1, dtype=np.int64)
        keys = hash_ids(ids)
        open_ = np.arange(len(ids))
        while len(open_):
            found, at = self.by_key.find(keys[open_])
            open_, at = open_[found], at[found]
            pairs = zip(open_, self.ids(at), strict=True)
            same = np.fromiter((ids[int(i)] == one for i, one in pairs), np.bool_, len(at))
            rows[open_[same]] = at[same]
            open_ = open_[~same & ~self.forgotten[at]]
            keys[open_] = rehash(keys[open_])
        return rows


def rehash(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The next hash to try where two different things share one (odds of 1 in 2⁶⁴ a pair)."""
    return mix(1, hashes)
