"""The comparison with random labels, for projects that know the truth of their items (the demo)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from asklearn.core.wording import percent
from asklearn.loop.random_arm import Comparison, compare_with_random
from asklearn.models.learner import Inputs
from asklearn.project.standing import standing
from asklearn.project.workspace import Workspace

TRUTH, HELD_OUT = "truth.parquet", "held-out.parquet"


def keep_truth(folder: Path, truth: Any, held_out: Any) -> None:
    """Keep the truth (columns ``id``, ``label``) and held-out items (fields and ``label``) with a project."""
    import pyarrow.parquet as pq

    place = folder / "reference"
    place.mkdir(exist_ok=True)
    pq.write_table(truth, place / TRUTH)
    pq.write_table(held_out, place / HELD_OUT)


def knows_truth(ws: Workspace) -> bool:
    """Whether the project has the truth of its items."""
    return ws.folder is not None and (ws.folder / "reference" / TRUTH).exists()


def compare(ws: Workspace) -> dict[str, Any] | None:
    """Compare the newest model with one trained on as many random labels, and keep the point.

    Returns
    -------
    dict or None
        ``points``, ``n_test``, ``sentence``; None when there is no truth or no model yet.
    """
    state = standing(ws)
    if not knows_truth(ws) or state.model is None or ws.folder is None:
        return None
    kept = ws.store.get("random arm") or {"points": []}
    if any(point["labels"] == len(state.known) for point in kept["points"]):
        return dict(kept)
    material = ws.material()
    held_out, y = _held_out(ws, material.encoders)
    point = compare_with_random(state, material, _truth(ws), held_out, y)
    fresh = {"labels": point.labels, "chosen": point.chosen, "random": point.random}
    result = {"points": [*kept["points"], fresh], "n_test": len(y), "sentence": _sentence(point, len(y))}
    ws.store.put("random arm", result)
    ws.store.append("compared", body=fresh)
    return result


def _truth(ws: Workspace) -> np.ndarray:
    import pyarrow.parquet as pq

    table = pq.read_table(_reference(ws) / TRUTH)
    rows = ws.pool.find(table["id"].to_pylist())
    names = {name: position for position, name in enumerate(ws.task.names)}
    known = np.array([names.get(name, -1) for name in table["label"].to_pylist()], dtype=np.int64)
    truth = np.full(len(ws.pool), -1, dtype=np.int64)
    truth[rows[rows >= 0]] = known[rows >= 0]
    return truth


def _held_out(ws: Workspace, encoders: Any) -> tuple[Inputs, np.ndarray]:
    import pyarrow.parquet as pq

    table = pq.read_table(_reference(ws) / HELD_OUT)
    names = {name: position for position, name in enumerate(ws.task.names)}
    known = np.array([names.get(name, -1) for name in table["label"].to_pylist()], dtype=np.int64)
    table = table.drop_columns(["label"]).filter(known >= 0)
    encoded = {name: encoder.transform(table) for name, encoder in encoders.items()}
    return Inputs(table, encoded), known[known >= 0]


def _reference(ws: Workspace) -> Path:
    if ws.folder is None:
        raise LookupError("no folder")
    return ws.folder / "reference"


def _sentence(point: Comparison, n_test: int) -> str:
    return (
        f"With {point.labels} labels: {percent(point.chosen)} right when the model chooses, "
        f"{percent(point.random)} with {point.labels} random ones, on {n_test:,} held-out messages."
    )
