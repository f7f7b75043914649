"""Asking: claims from the queue, and one clear sentence when there is nothing to claim."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from asklearn.core.errors import InputError
from asklearn.core.records import BLIND_PURPOSES, Batch, Query
from asklearn.project.contents import asked_rows
from asklearn.project.learning import is_stale, refresh
from asklearn.project.workspace import Workspace


def ask(ws: Workspace, n: int, *, annotator: str, session: str, seconds: float | None) -> Batch:
    """Claim n queries, ranking first when the queue is stale or runs short."""
    if not annotator.strip():
        raise InputError('Who asks needs a name: ask(n, annotator="ana").')
    if n < 1:
        raise InputError(f"ask(n) needs n of at least 1, but got {n}.")
    if is_stale(ws, n):
        refresh(ws, batch=n)
    batch = claim(ws, n, annotator=annotator, session=session, seconds=seconds)
    if len(batch) < n:
        refresh(ws, batch=n)
        batch = claim(ws, n, annotator=annotator, session=session, seconds=seconds)
    return batch


def claim(ws: Workspace, n: int, *, annotator: str, session: str, seconds: float | None = None) -> Batch:
    """Claim up to n queries of the queue as it is; never ranks, never trains."""
    settings = ws.settings
    queries = ws.store.claim(
        annotator,
        session,
        n,
        seconds=settings.lease_seconds if seconds is None else seconds,
        overlap=settings.overlap,
    )
    hidden = settings.suggestion == "hidden"
    return Batch(tuple(_as_shown(query, settings.task.classes, hidden) for query in queries), annotator)


def _as_shown(query: Query, classes: tuple[str, ...], hidden: bool) -> Query:  # noqa: FBT001
    suggestion = query.suggestion
    gone = suggestion is not None and suggestion.value not in classes
    if hidden or gone or query.purpose in BLIND_PURPOSES:
        return replace(query, suggestion=None)
    return query


@dataclass(frozen=True)
class Waiting:
    """Why there is nothing to ask now: ``reason``, a sentence, and when to look again (None: never)."""

    reason: str
    sentence: str
    seconds: float | None = None


def waiting(ws: Workspace) -> Waiting:
    """Why the queue has nothing for the one who asks."""
    askable = int(ws.pool.askable().sum())
    if not askable:
        return Waiting(
            "empty pool", "The pool is empty: add items first, with asklearn add FILE or project.add(…)."
        )
    labels = ws.ledger.labels(ws.task, ws.settings.overlap)
    set_aside = ws.ledger.set_aside()
    aside = len(set_aside)
    done = asked_rows(ws, [*labels, *set_aside])
    left = askable - len(np.unique(done[done >= 0]))
    counts = ws.store.counts()
    if left <= 0 and aside:
        return Waiting(
            "all skipped",
            f"Everything has been asked: {len(labels):,} items have a label and {aside:,} were skipped or "
            "flagged; answer one of those by its id, or add more items.",
        )
    if left <= 0:
        return Waiting(
            "all labelled", f"Everything has its label: all {len(labels):,} items. Add more, or export."
        )
    if counts["leased"]:
        return Waiting(
            "all leased",
            f"All that is queued is with annotators at the moment ({counts['leased']:,} items); "
            "what they do not answer comes back.",
            10.0,
        )
    if ws.store.get("ranked") is None:
        return Waiting(
            "first ranking", "Reading the first items; the first question comes in a few seconds.", 1.0
        )
    return Waiting("ranking", "All asked, for the moment. New questions come in a few seconds.", 2.0)
