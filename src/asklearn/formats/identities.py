"""Ids of rows: those that a file brings, checked against each other, or made of the content."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asklearn.core.hash_index import HashIndex, occurrence
from asklearn.core.ids import content_hashes, hash_ids


def content_of(table: pa.Table, content: tuple[str, ...]) -> NDArray[np.uint64]:
    """The content hash of each row; shape (n,)."""
    columns = {}
    for name in content:
        column = table[name]
        if pa.types.is_fixed_size_list(column.type) and not column.null_count:
            matrix = np.asarray(column.combine_chunks().flatten()).reshape(-1, column.type.list_size)
            columns[name] = [vector.tobytes() for vector in matrix]
        else:
            columns[name] = column.to_pylist()
    return content_hashes(columns)


class MadeIds:
    """Ids made of content: 16 hexadecimal digits, and ``-2``, ``-3``, … for repeated content.

    So the same file, read twice, gives the same ids.
    """

    def __init__(self) -> None:
        self._seen = HashIndex()

    def make(self, hashes: NDArray[np.uint64]) -> pa.Array:
        """The ids of the next rows, in order."""
        found, before = self._seen.find(hashes)
        count = np.where(found, before, 0) + occurrence(hashes) + 1
        self._seen.add(hashes, count)
        pairs = zip(hashes.tolist(), count.tolist(), strict=True)
        ids = [f"{one:016x}" if n == 1 else f"{one:016x}-{n}" for one, n in pairs]
        return pa.array(ids, type=pa.string())


class GivenIds:
    """Checks the ids of a source: none blank, none twice with other content."""

    def __init__(self) -> None:
        self._seen = HashIndex()

    def problems(
        self, ids: pa.Array, hashes: NDArray[np.uint64], lines: NDArray[np.int64], unit: str
    ) -> dict[int, str]:
        """Positions of bad rows among these, each with its reason."""
        blank = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(ids), ""), fill_value=True)
        reasons = dict.fromkeys(np.flatnonzero(np.asarray(blank)).tolist(), "the id is blank")
        names = ids.to_pylist()
        keys = hash_ids([name or "" for name in names])
        # 32 bits of the content and 32 of the line make one number: equal ids with equal bits but other
        # content pass here, and the pool, which compares the contents themselves, refuses them
        content, line = (hashes >> np.uint64(32)).astype(np.int64), lines & 0xFFFFFFFF
        mine = (content << 32) | line
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        found, earlier = self._seen.find(keys)
        earlier = np.where(found, earlier, mine[first][inverse])
        for place in np.flatnonzero((earlier >> 32) != (mine >> 32)).tolist():
            at = int(earlier[place]) & 0xFFFFFFFF
            reasons.setdefault(
                place, f"the id {names[place]!r} stands on {unit} {at} already, with other content"
            )
        good = ~found
        good[list(reasons)] = False
        self._seen.add(keys[good], mine[good])
        return reasons
