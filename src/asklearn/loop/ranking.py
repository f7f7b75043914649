"""From state to queue: the strategy's choice, the random slice, and a tail that never runs dry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from asklearn.core.ids import new_key
from asklearn.core.protocols import Memory, Strategy
from asklearn.core.randomness import derive_key
from asklearn.core.records import Draw, Query, Reason
from asklearn.core.view import Column, Embedding, Labelled, Picks, Proba, Provider, View
from asklearn.loop.material import Material
from asklearn.loop.pace import retrain_after
from asklearn.loop.random_slice import is_slice_place, slice_draws, slice_places
from asklearn.loop.scoring import Source, probabilities, scored_rows, speaker, suggestion
from asklearn.loop.state import State
from asklearn.strategies import Auto, Margin, Random, check_needs

QUEUE_SIZE = 2_000
_BATCHES_AHEAD = 3
"""Batches chosen by the strategy itself before a next model is due; the tail behind them is by margin."""


class _Scored(NamedTuple):
    rows: NDArray[np.int64]
    proba: NDArray[np.float32] | None
    source: Source


def rank(
    state: State,
    material: Material,
    *,
    size: int = QUEUE_SIZE,
    batch: int | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[list[Query], State]:
    """The queue, best first, and the state with the strategy's memory.

    The strategy chooses ``batch`` items at a time (by default as many as are answered before a next
    model), a few batches ahead; the rest of ``size`` follows by margin.

    Ranks count from the head of the queue. Random questions have every tenth place or so (by the slice's
    share), first those that wait already; the strategy's questions fill the places between.
    """
    open_rows = _open_rows(state, material)
    size = min(size, len(open_rows) + len(state.waiting))
    if not size:
        return [], state
    randoms = _slice_queries(state, material, open_rows, size)
    taken = np.array([query.item.row for query in randoms], dtype=np.int64)
    rows = np.setdiff1d(open_rows, taken)
    scored = _score(state, material, rows, stop)
    room = min(size, len(scored.rows))
    ahead = retrain_after(len(state.known)) if batch is None else batch
    picks, names, memory = _choose(state, material, scored, room, ahead)
    chosen = _train_queries(state, material, scored, picks, names)
    queries = sorted([*chosen, *randoms], key=lambda query: query.rank)
    return queries, state.having(memory=memory)


def _open_rows(state: State, material: Material) -> NDArray[np.int64]:
    askable = material.askable.copy()
    askable[state.closed] = False
    askable[state.waiting] = False
    return np.flatnonzero(askable).astype(np.int64)


def _slice_queries(state: State, material: Material, rows: NDArray[np.int64], size: int) -> list[Query]:
    places = slice_places(state.asked, state.asked + size, state.config.slice_share)
    fresh = max(0, len(places) - len(state.waiting))
    order = np.argsort(slice_draws(material.keys[rows], state.config.seed), kind="stable")[:fresh]
    chosen = np.concatenate([state.waiting, rows[order]])[: len(places)]
    draws = slice_draws(material.keys[chosen], state.config.seed)
    items = material.items(chosen)
    threshold = float(draws.max()) if len(draws) else 0.0
    return [
        Query(
            key=new_key(),
            item=item,
            purpose="slice",
            score=float(draw),
            rank=place - state.asked,
            reason=Reason(kind="slice"),
            draw=Draw(pi=threshold),
            strategy="random slice",
            model=state.round or None,
            round=state.round,
        )
        for item, draw, place in zip(items, draws, places, strict=False)
    ]


def _score(
    state: State, material: Material, rows: NDArray[np.int64], stop: Callable[[], bool] | None
) -> _Scored:
    rows = scored_rows(state, material, rows[material.ready[rows]])
    model, source = speaker(state, material)
    if model is None or not len(rows):
        return _Scored(rows, None, source)
    return _Scored(rows, probabilities(model, material, rows, stop), source)


def _view(state: State, material: Material, scored: _Scored) -> View:
    providers: dict[Column, Provider] = {}
    known: dict[Column, Provider] = {}
    if scored.proba is not None:
        proba = scored.proba
        providers[Proba()] = lambda positions: proba[positions]
    labelled = state.known.in_order_of(material.keys)
    if material.dense_encoder is not None:
        providers[Embedding()] = lambda positions: material.embedding(scored.rows[positions])
        known[Embedding()] = lambda positions: material.embedding(labelled.rows[positions])
    return View(
        keys=material.keys[scored.rows],
        providers=providers,
        rows=np.arange(len(scored.rows), dtype=np.int64),
        n_classes=len(state.config.task.classes),
        labelled=Labelled(state.config.task.encode(labelled.values), known),
        round=state.round,
    )


def _choose(
    state: State, material: Material, scored: _Scored, room: int, batch: int
) -> tuple[list[Picks], list[str], Memory]:
    """Successive batches of the strategy, then a tail by margin (at random without probabilities)."""
    view, memory = _view(state, material, scored), state.memory
    chooser = able(state.config.strategy, view, material)
    chosen: list[Picks] = []
    names: list[str] = []
    left = np.arange(len(view), dtype=np.int64)
    taken = left[:0]
    tail = Margin() if scored.proba is not None else Random()
    for ahead, strategy in enumerate([chooser] * _BATCHES_AHEAD + [tail]):
        n = room - len(taken) if strategy is tail else min(batch, room - len(taken))
        if n <= 0:
            break
        key = derive_key(state.config.seed, "train", state.round, state.asked, ahead)
        part = replace(view.take(left), pending=taken)
        picks, after = strategy.select(part, n, key=key, memory=state.memory)
        memory = after if ahead == 0 else memory
        chosen.append(_placed(picks, left))
        names.append(repr(strategy))
        taken = np.concatenate([taken, chosen[-1].positions])
        left = np.setdiff1d(left, chosen[-1].positions, assume_unique=True)
    return chosen, names, memory


def able(strategy: Strategy, view: View, material: Material) -> Strategy:
    """The strategy; or the default one, while what it needs is only there from the first model on.

    Raises
    ------
    InputError
        When it needs what this learner never provides; names strategies that would work.
    """
    check_needs(strategy, provided(material))
    return strategy if strategy.needs <= frozenset(view.providers) else Auto()


def provided(material: Material) -> frozenset[Column]:
    """Columns that this learner provides once it is trained."""
    return frozenset({Proba()} if material.dense_encoder is None else {Proba(), Embedding()})


def _placed(picks: Picks, positions: NDArray[np.int64]) -> Picks:
    return Picks(positions[picks.positions], picks.scores, picks.reasons, picks.draws)


def _train_queries(
    state: State, material: Material, scored: _Scored, parts: list[Picks], names: list[str]
) -> list[Query]:
    places = _train_places(state)
    queries = []
    for picks, name in zip(parts, names, strict=True):
        items = material.items(scored.rows[picks.positions])
        for item, position, score, reason, draw in zip(
            items, picks.positions, picks.scores, picks.reasons, picks.draws, strict=True
        ):
            queries.append(
                Query(
                    key=new_key(),
                    item=item,
                    score=None if np.isnan(score) else float(score),
                    rank=next(places),
                    reason=replace(reason, labels=tuple(state.config.task.decode(np.array(reason.classes)))),
                    draw=draw,
                    strategy=name,
                    model=state.round or None,
                    round=state.round,
                    suggestion=None
                    if scored.proba is None
                    else suggestion(
                        scored.proba[position], state.config.task.classes, state.round, scored.source
                    ),
                )
            )
    return queries


def _train_places(state: State) -> Iterator[int]:
    share = state.config.slice_share
    return (place for place in count() if not is_slice_place(state.asked + place, share))
