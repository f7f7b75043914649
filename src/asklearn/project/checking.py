"""Whether what is stored is whole."""

from __future__ import annotations

from asklearn.core.protocols import Store
from asklearn.project.artefacts import manifest
from asklearn.project.workspace import Workspace


def check_workspace(ws: Workspace) -> list[str]:
    """One sentence for each thing that is wrong: store, models, items without a row in the pool."""
    return [*ws.store.check(), *_models(ws), *_items(ws, ws.store)]


def _models(ws: Workspace) -> list[str]:
    if ws.folder is None:
        return []
    wrong = []
    for done in ws.store.rounds():
        folder = ws.models_folder() / str(done.number)
        if not folder.is_dir():
            wrong.append(f"Model {done.number} has no folder; the next learning makes a new model.")
        elif manifest(folder) != done.manifest:
            wrong.append(
                f"The files of model {done.number} are not those that were written; restore a backup."
            )
    return wrong


def _items(ws: Workspace, store: Store) -> list[str]:
    known = list(store.known_items())
    lost = [one for one, row in zip(known, ws.pool.find(known), strict=True) if row < 0] if known else []
    return [f"{len(lost):,} items that were asked are not in the pool, such as {lost[0]!r}."] if lost else []
