"""One whole turn with an oracle: ask, answer, learn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from asklearn.core.records import Item
from asklearn.loop.learning import learn
from asklearn.loop.material import Material
from asklearn.loop.ranking import rank
from asklearn.loop.state import State

Oracle = Callable[[Item], Any]
"""Answers an item with a label's name, or None to skip it."""


def step(state: State, material: Material, oracle: Oracle, n: int) -> State:
    """Ask n questions, take the oracle's answers, learn; the state after it.

    A pool that is asked through gives the state back unchanged.
    """
    queue, ranked = rank(state, material, batch=n)
    asked, later = queue[:n], queue[n:]
    if not asked:
        return state
    answers = [(query, oracle(query.item)) for query in asked]
    given = [(query, state.config.task.validate(value)) for query, value in answers if value is not None]
    rows = np.array([query.item.row for query, _ in given], dtype=np.int64)
    blind = np.array([query.purpose == "slice" for query, _ in given], dtype=bool)
    skipped = np.array([query.item.row for query, value in answers if value is None], dtype=np.int64)
    closed = np.array([query.item.row for query in asked], dtype=np.int64)
    state = ranked.having(
        known=state.known.and_(rows, [value for _, value in given], blind=blind),
        closed=np.concatenate([state.closed, closed]),
        skipped=np.concatenate([state.skipped, skipped]),
        asked=state.asked + len(asked),
        waiting=np.array([query.item.row for query in later if query.purpose == "slice"], dtype=np.int64),
    )
    return learn(state, material).state if len(state.known) else state
