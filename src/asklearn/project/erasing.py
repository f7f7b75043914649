"""Forgetting: items erased everywhere, with the models that trained on them named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asklearn.core.errors import NotFound
from asklearn.core.ids import new_key
from asklearn.project.ledger import FORGETS
from asklearn.project.training_set import trained_on
from asklearn.project.workspace import Workspace


def forget_items(ws: Workspace, items: Sequence[str]) -> dict[str, Any]:
    """Erase items from pool, features and store; see `Project.forget`.

    Raises
    ------
    NotFound
        When one of the ids is unknown; then nothing is erased.
    """
    ids = list(dict.fromkeys(items))
    unknown = [one for one, row in zip(ids, ws.pool.find(ids), strict=True) if row < 0]
    if unknown:
        raise NotFound(f"There is no item {unknown[0]!r} in this project, so nothing was erased.")
    models = _models(ws, ids)
    # as long as the pool knows the items, whoever was killed half-way can do it again
    ws.store.forget(ids)
    ws.store.put(FORGETS, new_key())
    rows = ws.pool.forget(ids)
    ws.store.forget(ids)  # a ranking of another process may have queued them meanwhile
    ws.features.forget(ws.learner, ws.pool, rows)
    ws.store.append("forgotten", body={"items": ids, "models": models})
    return {"erased": len(ids), "models": models}


def _models(ws: Workspace, ids: Sequence[str]) -> list[int]:
    if ws.folder is None:
        return []
    found = []
    for done in ws.store.rounds():
        path = ws.models_folder() / str(done.number) / "training.parquet"
        if path.exists() and any(trained_on(path, one) for one in ids):
            found.append(done.number)
    return found
