"""From what the store knows to the state that the loop starts from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import VersionMismatch
from asklearn.core.records import Label, QueryState, Round
from asklearn.loop import Config, Known, State
from asklearn.models.learner import FittedModel
from asklearn.project.contents import asked_rows, labels_by_row
from asklearn.project.workspace import Workspace

_OPEN: tuple[QueryState, ...] = ("leased", "pushed")


def config_of(ws: Workspace) -> Config:
    """What the settings say of the loop."""
    settings = ws.settings
    return Config(
        task=settings.task,
        learner=ws.learner,
        strategy=ws.strategy,
        rule=settings.rule,
        seed=settings.seed,
        slice_share=settings.slice_share,
    )


def standing(ws: Workspace, labels: dict[str, Label] | None = None) -> State:
    """The loop's state as of now, or with those labels."""
    if labels is None:
        labels = ws.ledger.labels(ws.task, ws.settings.overlap)
    rounds = tuple(ws.store.rounds())
    counts = ws.store.counts()
    return State(
        config=config_of(ws),
        known=known_of(ws, labels),
        closed=_closed(ws, labels),
        skipped=_known_rows(asked_rows(ws, sorted(ws.ledger.set_aside()))),
        asked=counts["leased"] + counts["answered"] + counts["skipped"],
        waiting=_waiting(ws),
        rounds=rounds,
        model=newest_model(ws, rounds),
        brought=None if rounds else ws.brought,
        memory=ws.store.get("strategy memory") or {},
        **_stop_set(ws, rounds),
    )


def known_of(ws: Workspace, labels: dict[str, Label]) -> Known:
    """The labels as training material: one for each content, whose duplicates may have several.

    Were each duplicate an example of its own, the held-out figures would test on what was trained on.
    """
    found = labels_by_row(ws, labels.values())
    blind = ws.ledger.blind()
    settled = [_one_of(ws, told) for told in found.values()]
    return Known(
        rows=np.array(list(found), dtype=np.int64),
        values=tuple(value for value, _ in settled),
        weights=np.array([weight for _, weight in settled], dtype=np.float64),
        blind=np.array([all(one.item in blind for one in told) for told in found.values()], dtype=bool),
    )


def _one_of(ws: Workspace, told: list[Label]) -> tuple[Any, float]:
    """The value of one content, and how sure it is."""
    if len(told) == 1:
        return told[0].value, told[0].confidence
    confidences = [one.confidence for one in told]
    value, share = ws.task.merge([one.value for one in told], confidences)
    return value, share * sum(confidences) / len(told)


def newest_model(ws: Workspace, rounds: tuple[Round, ...]) -> FittedModel | None:
    """The newest trained model, if it speaks of the labels of the present task."""
    if not rounds:
        return None
    number = rounds[-1].number
    encoders = ws.material().encoders
    if number not in ws.models:
        if ws.folder is None:
            return None
        path = ws.models_folder() / str(number) / "model.skops"
        if not path.exists():
            return None
        try:
            ws.models[number] = ws.learner.load(str(path), ws.task, encoders)
        except VersionMismatch:
            return None
    model: FittedModel = ws.models[number]
    return model if tuple(model.classes) == ws.task.classes else None


def _closed(ws: Workspace, labels: dict[str, Label]) -> NDArray[np.int64]:
    """Rows whose content has a label, is set aside, or asked and open: leased, or of a purpose that lasts."""
    done = {item for item, label in labels.items() if label.state != "wanting"}
    waiting = {
        query.id
        for query in ws.store.queries(states=("queued", *_OPEN))
        if query.state in _OPEN or query.purpose not in ("train", "slice")
    }
    return _known_rows(asked_rows(ws, sorted(done | waiting | ws.ledger.set_aside())))


def _waiting(ws: Workspace) -> NDArray[np.int64]:
    waiting = [query.id for query in ws.store.queries(states=("queued",), purposes=("slice",))]
    return _known_rows(ws.pool.find(waiting))


def _known_rows(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return rows[rows >= 0]


def _stop_set(ws: Workspace, rounds: tuple[Round, ...]) -> dict[str, NDArray[np.int64]]:
    kept = ws.store.get("stop set")
    if kept is None:
        return {}
    rows = np.array(kept["rows"], dtype=np.int64)
    classes = ws.task.classes
    # of a learning that was killed before its round: a model cannot be compared with itself
    uncommitted = not rounds or kept["model"] != rounds[-1].number
    if uncommitted or not set(kept["guess"]) <= set(classes):
        return {"stop_rows": rows}
    return {"stop_rows": rows, "stop_guess": ws.task.encode(kept["guess"])}
