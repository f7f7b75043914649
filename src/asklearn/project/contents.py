"""Items by their content: exact duplicates are asked once, and are one thing to learn from and to count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from asklearn.core.records import Label
from asklearn.project.workspace import Workspace


def asked_rows(ws: Workspace, items: Sequence[str]) -> NDArray[np.int64]:
    """For each item the row that is asked for its content, shape (len(items),).

    That is its own row, or that of the first exact duplicate; -1 for blank, forgotten and unknown items.
    """
    rows = ws.pool.find(items) if len(items) else np.empty(0, dtype=np.int64)
    askable = ws.pool.askable()
    others = np.flatnonzero(rows >= 0)
    others = others[~askable[rows[others]]]
    if len(others):
        rows[others] = ws.pool.representative(rows[others])
    return rows


def labels_by_row(ws: Workspace, labels: Iterable[Label]) -> dict[int, list[Label]]:
    """The labels of each content, by the row that is asked for it, in order of time."""
    ordered = sorted(labels, key=lambda label: (label.since, label.item))
    found: dict[int, list[Label]] = {}
    for row, label in zip(asked_rows(ws, [label.item for label in ordered]).tolist(), ordered, strict=True):
        if row >= 0:
            found.setdefault(row, []).append(label)
    return found
