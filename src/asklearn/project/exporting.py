"""Out again: labels, annotations, provenance, and the trained model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from asklearn.core.errors import InputError, NotReady
from asklearn.formats import write
from asklearn.models.learner import FittedModel
from asklearn.project.standing import newest_model
from asklearn.project.tables import annotations_table, labels_table, provenance_table
from asklearn.project.workspace import Workspace

EXPORTS = ("labels", "annotations", "provenance")


def export(ws: Workspace, path: str | Path, *, what: str = "labels", format: str | None = None) -> int:
    """Write a table to a file or folder; returns its rows.

    Raises
    ------
    InputError
        On an unknown table or format.
    """
    if what not in EXPORTS:
        raise InputError(f"There is no export of {what!r}; there are: {', '.join(EXPORTS)}.")
    table: Any
    if what == "labels":
        table = labels_table(ws).to_arrow()
    else:
        table = annotations_table(ws) if what == "annotations" else provenance_table(ws)
    write(table, path, format=format)
    ws.store.append("exported", body={"what": what, "rows": table.num_rows})
    return int(table.num_rows)


def newest(ws: Workspace) -> FittedModel:
    """The newest trained model.

    Raises
    ------
    NotReady
        Before the first model, and after a change of the labels until the next.
    """
    model = newest_model(ws, tuple(ws.store.rounds()))
    if model is None:
        raise NotReady("There is no trained model for these labels yet: label some items, then learn.")
    return model


def export_newest(ws: Workspace, path: str | Path) -> Path:
    """Write the newest model as a skops file, and its card beside it."""
    from asklearn.models.export import export_model
    from asklearn.report import model_card

    card = model_card(ws.settings.name, ws.task, ws.store.rounds()[-1]) if ws.store.rounds() else ""
    return export_model(newest(ws), path, card=card)
