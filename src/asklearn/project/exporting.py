"""Out again: labels, annotations, provenance, and the trained model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from asklearn.core.errors import InputError, NotReady
from asklearn.formats import write
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


def trained_model(ws: Workspace) -> Any:
    """The newest trained model as one scikit-learn Pipeline from raw fields to label names.

    Raises
    ------
    NotReady
        Before the first model.
    """
    model = newest_model(ws, tuple(ws.store.rounds()))
    if model is None:
        raise NotReady("There is no trained model yet: label some items, then learn.")
    return model.pipeline()


def export_model(ws: Workspace, path: str | Path) -> Path:
    """Write the newest model as a skops file, and its card beside it.

    Raises
    ------
    NotReady
        Before the first model.
    """
    from asklearn.models import export_pipeline
    from asklearn.report import model_card

    pipeline = trained_model(ws)
    last = ws.store.rounds()[-1]
    return export_pipeline(pipeline, path, card=model_card(ws.settings.name, ws.task.names, last))


