"""The exact training set of a model, kept beside it."""

from __future__ import annotations

from pathlib import Path

from asklearn.core.records import Annotation, Label
from asklearn.loop import State
from asklearn.project.workspace import Workspace
from asklearn.quality import current_answers


def write_training_set(
    path: Path, ws: Workspace, state: State, labels: dict[str, Label], told: list[Annotation]
) -> None:
    """Write item, row, revision, label id and name, weight, and the keys of the answers behind each."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    items = ws.pool.items(state.known.rows)
    keys: dict[str, list[str]] = {}
    for one in current_answers(told):
        keys.setdefault(one.item, []).append(one.key)
    table = pa.table(
        {
            "id": [item.id for item in items],
            "row": state.known.rows,
            "revision": [item.revision for item in items],
            "label": list(state.known.values),
            "name": [ws.task.display(value) for value in state.known.values],
            "weight": state.known.weights,
            "state": [labels[item.id].state for item in items],
            "answers": pa.array([keys.get(item.id, []) for item in items], type=pa.list_(pa.string())),
        }
    )
    pq.write_table(table, path)


def trained_on(path: Path, item: str) -> bool:
    """Whether the training set at that path holds the item."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    column = pq.read_table(path, columns=["id"])["id"]
    return bool(pc.any(pc.equal(column, item)).as_py())
