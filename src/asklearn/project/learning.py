"""Learning, durably: one process at a time, write-once artefacts, a committed round, a fresh queue."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

from asklearn.core.clock import now
from asklearn.core.errors import Conflict, StorageError
from asklearn.core.ids import new_key
from asklearn.core.records import Annotation, Label, Round
from asklearn.loop import Learned, State, learn, rank, retrain_after
from asklearn.project.artefacts import remove_orphans, write_once
from asklearn.project.features import first_sample
from asklearn.project.standing import newest_model, standing
from asklearn.project.training_set import write_training_set
from asklearn.project.workspace import Workspace

LEASE_SECONDS = 20.0
_REQUEST = "learning requested"

MakeSure = Callable[[int], None]
"""Raises unless the lease is held still, and the round of that number is still to be committed."""


@contextmanager
def learning_lease(ws: Workspace) -> Iterator[MakeSure]:
    """Hold the one lease of those who learn, prolonged by a thread; yields a check that it is held still.

    Raises
    ------
    Conflict
        When another process holds it.
    """
    holder = f"{os.getpid()}:{new_key()}"
    if not ws.store.lease("learn", holder, seconds=LEASE_SECONDS):
        raise Conflict("Another process is learning for this project now; its model will serve here too.")
    done = Event()

    def prolong() -> None:
        while not done.wait(LEASE_SECONDS / 4):
            with suppress(
                StorageError
            ):  # busy or full now: asked again, and once more before anything is kept
                ws.store.lease("learn", holder, seconds=LEASE_SECONDS)

    def make_sure(number: int) -> None:
        held = ws.store.lease("learn", holder, seconds=LEASE_SECONDS)
        if not held or any(done.number == number for done in ws.store.rounds()):
            raise Conflict("Another process has learned for this project meanwhile; its model serves here.")

    thread = Thread(target=prolong, name="learning lease", daemon=True)
    thread.start()
    try:
        yield make_sure
    finally:
        done.set()
        thread.join()
        ws.store.end_lease("learn", holder)


def learn_round(ws: Workspace) -> Round:
    """Fit on all labels, keep the model, commit the round.

    Raises
    ------
    NotReady
        When there is no label yet.
    Conflict
        When another process is learning.
    """
    with learning_lease(ws) as make_sure:
        ws.store.put("learning", {"state": "learning", "at": now()})
        try:
            return _learn(ws, make_sure)
        finally:
            ws.store.put("learning", {"state": "idle", "at": now()})


def _learn(ws: Workspace, make_sure: MakeSure) -> Round:
    started = now()
    # one snapshot: answers and undos go on coming in while it trains
    labels, told = ws.ledger.labels(ws.task, ws.settings.overlap), ws.ledger.annotations()
    learned = learn(standing(ws, labels), ws.material(), started_at=started)
    done = replace(learned.round, finished_at=now(), manifest=_keep(ws, learned, labels, told, make_sure))
    ws.store.put(
        "stop set",
        {
            "rows": learned.state.stop_rows.tolist(),
            "guess": learned.state.config.task.decode(learned.state.stop_guess),
            "model": done.number,
        },
    )
    ws.store.put_labels(list(labels.values()), removed=_unsettled(ws, labels))
    ws.store.commit_round(done)
    ws.models = {0: ws.models[0]} if 0 in ws.models else {}
    ws.models[done.number] = learned.model
    return done


def _unsettled(ws: Workspace, labels: dict[str, Label]) -> list[str]:
    return [label.item for label in ws.store.labels() if label.item not in labels]


def _keep(
    ws: Workspace,
    learned: Learned,
    labels: dict[str, Label],
    told: list[Annotation],
    make_sure: MakeSure,
) -> str:
    if ws.folder is None:
        return ""

    def fill(folder: Path) -> None:
        learned.model.save(str(folder / "model.skops"))
        write_training_set(folder / "training.parquet", ws, learned.state, labels, told)
        (folder / "card.md").write_text(_card(ws, learned.round), encoding="utf-8")
        # whoever stood still for longer than its lease must not put its model in another's place
        make_sure(learned.round.number)

    return write_once(ws.models_folder(), str(learned.round.number), fill)


def _card(ws: Workspace, done: Round) -> str:
    from asklearn.report import model_card

    return model_card(ws.settings.name, ws.task, done)


def refresh(ws: Workspace, *, batch: int | None = None, stop: Callable[[], bool] | None = None) -> int:
    """Rank the pool with the newest model and replace the queue; returns how many queries came in.

    Before the first trained model only a sample is encoded and ranked, so that the first question does not
    wait for the pool.
    """
    items = len(ws.pool)  # before the ranking reads it: what is added meanwhile leaves the queue stale
    state = standing(ws)
    if state.model is None:
        rows = first_sample(ws.pool, ws.settings.seed)
        ws.features.fill(ws.learner, ws.pool, rows=rows, stop=stop)
    queries, after = rank(state, ws.material(), batch=batch, stop=stop)
    asked_again = ws.ledger.asked_again(ws.task, ws.settings.overlap)
    queries = [replace(one, purpose="relabel") if one.id in asked_again else one for one in queries]
    added = ws.store.enqueue(queries, replace=True, overlap=ws.settings.overlap)
    ws.store.put("strategy memory", dict(after.memory))
    ws.store.put("ranked", ranking_stamp(ws, state, items, batch))
    return added


def ranking_stamp(ws: Workspace, state: State, items: int, batch: int | None) -> dict[str, Any]:
    """What a ranking rests on; another stamp means that the queue is stale."""
    return {
        "round": state.round,
        "items": items,
        "task": ws.task.version,
        "batch": batch,
        "model": state.model is not None,
    }


def is_stale(ws: Workspace, batch: int | None) -> bool:
    """Whether the queue was ranked by another model, pool, task or batch size."""
    kept = ws.store.get("ranked")
    rounds = tuple(ws.store.rounds())
    fresh = {
        "round": rounds[-1].number if rounds else 0,
        "items": len(ws.pool),
        "task": ws.task.version,
        "batch": batch,
        "model": newest_model(ws, rounds) is not None,
    }
    return bool(kept != fresh)


def request_learning(ws: Workspace) -> None:
    """Ask whoever learns (the worker, as a rule) for a new model."""
    ws.store.put(_REQUEST, now())


def is_due(ws: Workspace) -> bool:
    """Whether enough was answered since the newest model, or a new one was asked for."""
    rounds = ws.store.rounds()
    labels = ws.ledger.labelled(ws.task, ws.settings.overlap)
    if not labels:
        return False
    last = rounds[-1] if rounds else None
    requested = ws.store.get(_REQUEST)
    if requested is not None and (last is None or requested > last.started_at):
        return True
    if last is None:
        return labels >= retrain_after(0) or _asked_through(ws)
    if last.task_version != ws.task.version or newest_model(ws, tuple(rounds)) is None:
        return True
    fresh = _answers_since(ws, last)
    return fresh >= retrain_after(last.labels) or (fresh > 0 and _asked_through(ws))


def _answers_since(ws: Workspace, last: Round) -> int:
    return sum(
        one.received_at > last.started_at and one.kind in ("answer", "retract")
        for one in reversed(ws.ledger.annotations())
    )


def _asked_through(ws: Workspace) -> bool:
    counts = ws.store.counts()
    return counts["queued"] == 0 and counts["leased"] == 0


def tidy(ws: Workspace) -> list[str]:
    """Delete what a killed learn left behind; does nothing while somebody learns."""
    if ws.folder is None:
        return []
    try:
        with learning_lease(ws):
            committed = [str(done.number) for done in ws.store.rounds()]
            return remove_orphans(ws.models_folder(), committed)
    except Conflict:
        return []
