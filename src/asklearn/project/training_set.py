"""The exact training set of a model, kept beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from asklearn.core.records import Annotation, Label
from asklearn.loop import State
from asklearn.project.contents import labels_by_row
from asklearn.project.workspace import Workspace
from asklearn.quality import current_answers


def write_training_set(
    path: Path, ws: Workspace, state: State, labels: dict[str, Label], told: list[Annotation]
) -> None:
    """Write item, row, revision, label id and name, weight, and the keys of the answers behind each.

    Exact duplicates that have labels of their own share one row and its weight.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    told_of = labels_by_row(ws, labels.values())
    spread = [(place, one) for place, row in enumerate(state.known.rows) for one in told_of.get(int(row), ())]
    places = np.array([place for place, _ in spread], dtype=np.int64)
    rows = state.known.rows[places]
    values = [state.known.values[place] for place in places.tolist()]
    keys: dict[str, list[str]] = {}
    for given in current_answers(told):
        keys.setdefault(given.item, []).append(given.key)
    table = pa.table(
        {
            "id": [one.item for _, one in spread],
            "row": rows,
            "revision": [item.revision for item in ws.pool.items(rows)],
            "label": values,
            "name": [ws.task.display(value) for value in values],
            "weight": state.known.weights[places] / np.bincount(places)[places],
            "state": [one.state for _, one in spread],
            "answers": pa.array([keys.get(one.item, []) for _, one in spread], type=pa.list_(pa.string())),
        }
    )
    pq.write_table(table, path)


def trained_on(path: Path, item: str) -> bool:
    """Whether the training set at that path holds the item."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    column = pq.read_table(path, columns=["id"])["id"]
    return bool(pc.any(pc.equal(column, item)).as_py())
