"""What every strategy keeps to, ours and a user's."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.protocols import Strategy
from asklearn.core.records import Draw, Reason
from asklearn.core.view import BLOCK_ROWS, Column, Picks
from asklearn.core.wording import say_reason
from asklearn.testing.made_up import MadeUp, Make, made_up

_SEEDS = 300
"""Draws with known probabilities are counted over so many seeds."""


def check_strategy(strategy: Any, *, columns: Mapping[Column, Make] | None = None) -> None:
    """Make sure that a strategy keeps the contract.

    It picks distinct valid positions, at most n, from pools of no, one and many items, also when all are
    alike; the same seed gives the same picks, whatever was picked before, in whatever order the rows come
    and however many threads score them; ties fall by seed; nothing it is given is changed; it reads only
    the columns that it declares; its memory and configuration are JSON, and the configuration comes back.

    Parameters
    ----------
    strategy : Strategy
        Registered in `asklearn.strategies.STRATEGIES` when it has a name of its own.
    columns : mapping of Column to callable, optional
        ``make(n, rng)`` for columns of the user's own; those of asklearn are known.

    Raises
    ------
    AssertionError
        One sentence about the first thing that does not hold.

    Examples
    --------
    >>> from asklearn.strategies import Margin, OnePerCluster, Top
    >>> check_strategy(Margin() | Top(n=50) | OnePerCluster())
    """
    _check_configuration(strategy)
    for there in _columns_there(strategy):
        for labels in (0, 30):
            pool = made_up(60, there, labels=labels, more=columns)
            _check_sizes(strategy, pool)
            _check_repeatable(strategy, pool)
            _check_order_of_rows(strategy, pool)
            _check_untouched(strategy, pool)
        _check_small_pools(strategy, there, columns)
        _check_ties(strategy, made_up(40, there, labels=6, more=columns).alike())
        _check_half_precision(strategy, made_up(200, there, labels=30, more=columns))
        _check_nan(strategy, made_up(40, there, labels=30, more=columns))
        _check_threads(strategy, made_up(2 * BLOCK_ROWS + 5, there, labels=30, more=columns))
        _check_draws(strategy, made_up(12, there, labels=0, more=columns))


def _columns_there(strategy: Strategy) -> Iterator[frozenset[Column]]:
    """What is needed alone, with each wanted column, and with all of them."""
    yield strategy.needs
    if len(strategy.wants) > 1:
        for one in sorted(strategy.wants, key=repr):
            yield strategy.needs | {one}
    if strategy.wants:
        yield strategy.needs | strategy.wants


def _select(strategy: Any, pool: MadeUp, n: int, key: int = 1, memory: Any = None) -> Picks:
    """One batch, checked for everything that each batch must be."""
    before = {} if memory is None else memory
    kept = json.dumps(before, sort_keys=True)
    picks, after = strategy.select(pool.view(), n, key=key, memory=before)
    _holds(json.dumps(before, sort_keys=True) == kept, strategy, "changes the memory that it is given")
    _check_json(strategy, "memory", dict(after))
    _check_picks(strategy, picks, n, len(pool))
    return picks  # type: ignore[no-any-return]


def _check_configuration(strategy: Any) -> None:
    from asklearn.strategies import from_json

    fits = isinstance(strategy, Strategy)
    assert fits, f"{strategy!r} is no strategy: it needs needs, wants, select and to_json."
    for name in ("needs", "wants"):
        columns = getattr(strategy, name)
        fine = isinstance(columns, frozenset) and all(isinstance(one, Column) for one in columns)
        _holds(fine, strategy, f"declares {name} that are no frozenset of columns: {columns!r}")
    data = _check_json(strategy, "configuration", strategy.to_json())
    try:
        back = from_json(data)
    except InputError as error:
        raise AssertionError(f"{strategy!r} does not come back from its JSON {data}: {error}") from error
    _holds(strategy == back, strategy, f"comes back from its JSON as {back!r}")
    _holds(repr(back) == repr(strategy), strategy, f"prints as {back!r} when it comes back from its JSON")


def _check_json(strategy: Any, what: str, data: Any) -> Any:
    try:
        back = json.loads(json.dumps(data, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise AssertionError(f"The {what} of {strategy!r} is no JSON: {error}") from error
    _holds(back == data, strategy, f"has a {what} that JSON changes: {data!r} becomes {back!r}")
    return back


def _check_picks(strategy: Any, picks: Picks, n: int, size: int) -> None:
    count = len(picks.positions)
    positions = picks.positions.tolist()
    _holds(
        picks.positions.dtype == np.int64, strategy, f"gives positions as {picks.positions.dtype}, not int64"
    )
    _holds(count <= n, strategy, f"picks {count} when asked for {n}")
    _holds(count > 0 or n == 0 or size == 0, strategy, f"picks nothing of {size} candidates for n = {n}")
    _holds(len(set(positions)) == count, strategy, f"picks a candidate twice: {positions}")
    inside = all(0 <= one < size for one in positions)
    _holds(inside, strategy, f"picks positions outside the {size} candidates: {positions}")
    for name in ("scores", "reasons", "draws"):
        length = len(getattr(picks, name))
        _holds(length == count, strategy, f"gives {length} {name} for {count} picks")
    for reason in picks.reasons:
        _holds(isinstance(reason, Reason), strategy, f"gives {reason!r} as a reason, which is no Reason")
        _holds(bool(say_reason(reason)), strategy, f"gives a reason without a sentence: {reason!r}")
    for draw in picks.draws:
        _holds(isinstance(draw, Draw), strategy, f"gives {draw!r} as a draw, which is no Draw")
        fine = all(p is None or 0 < p <= 1 for p in (draw.q, draw.pi))
        _holds(fine, strategy, f"gives a draw whose probability is not above 0 and at most 1: {draw!r}")


def _check_sizes(strategy: Any, pool: MadeUp) -> None:
    for n in (0, 1, 2, 7, len(pool) - 1, len(pool)):
        _select(strategy, pool, n)
    everything = len(_select(strategy, pool, len(pool)))
    more = len(_select(strategy, pool, 3 * len(pool)))
    _holds(
        more >= everything, strategy, f"picks {more} when asked for more than there are, {everything} before"
    )


def _check_small_pools(
    strategy: Any, there: frozenset[Column], columns: Mapping[Column, Make] | None
) -> None:
    for size in (0, 1, 2):
        for labels in (0, 1, 30):
            for n in (1, 5):
                _select(strategy, made_up(size, there, labels=labels, more=columns), n)
    _select(strategy, made_up(9, there, labels=12, n_classes=1, more=columns), 3)


def _check_repeatable(strategy: Any, pool: MadeUp) -> None:
    first = _select(strategy, pool, 7, key=3)
    _select(strategy, replace(pool, keys=pool.keys[::-1].copy()), 5, key=4)
    again = _select(strategy, pool, 7, key=3)
    same = first.positions.tolist() == again.positions.tolist()
    _holds(
        same,
        strategy,
        f"picks {again.positions.tolist()} after {first.positions.tolist()} with the same seed",
    )


def _check_order_of_rows(strategy: Any, pool: MadeUp) -> None:
    order = np.random.default_rng(0).permutation(len(pool))
    for n in (1, 7):
        picked = pool.keys[_select(strategy, pool, n).positions]
        moved = pool.take(order)
        found = moved.keys[_select(strategy, moved, n).positions]
        same = picked.tolist() == found.tolist()
        _holds(same, strategy, "picks other items when the rows come in another order, ids and all")


def _check_untouched(strategy: Any, pool: MadeUp) -> None:
    before = pool.copy()
    _select(strategy, pool, 7)
    _holds(pool.equals(before), strategy, "changes the arrays that it is given")


def _check_ties(strategy: Any, pool: MadeUp) -> None:
    _select(strategy, pool, len(pool))
    firsts = Counter(int(_select(strategy, pool, 1, key=key).positions[0]) for key in range(20))
    _holds(len(firsts) > 3, strategy, f"breaks ties by position: {sorted(firsts)} came first under 20 seeds")


def _check_half_precision(strategy: Any, pool: MadeUp) -> None:
    half = pool.as_type(np.float16)
    picked = _select(strategy, half, 7).positions.tolist()
    found = _select(strategy, half.as_type(np.float32), 7).positions.tolist()
    _holds(
        picked == found,
        strategy,
        f"picks {picked} in half precision, and {found} of the same values in single",
    )


def _check_nan(strategy: Any, pool: MadeUp) -> None:
    if not pool.columns:
        return
    try:
        picks, _ = strategy.select(pool.with_nan().view(), 3, key=1, memory={})
    except InputError:
        return
    blind = all(reason.kind == "random" for reason in picks.reasons)
    _holds(blind, strategy, "picks from columns that are NaN instead of raising InputError")


def _check_threads(strategy: Any, pool: MadeUp) -> None:
    from asklearn.engine import Threads

    alone = _select(strategy, pool, 5).positions.tolist()
    together = _select(strategy, replace(pool, run=Threads(3).map), 5).positions.tolist()
    _holds(alone == together, strategy, f"picks {alone} in one thread and {together} in three")


def _check_draws(strategy: Any, pool: MadeUp) -> None:
    n = 4
    found: NDArray[np.float64] = np.zeros(len(pool))
    variance: NDArray[np.float64] = np.zeros(len(pool))
    for key in range(_SEEDS):
        picks = _select(strategy, pool, n, key=key)
        for position, draw in zip(picks.positions, picks.draws, strict=True):
            if draw.pi is None:
                return
            found[position] += 1 / draw.pi / _SEEDS
            variance[position] += (1 - draw.pi) / (draw.pi * _SEEDS) ** 2
    # The inverse of a true inclusion probability, summed over an item's draws, comes to one for each seed.
    fine = bool((np.abs(found - 1) <= 5 * np.sqrt(variance) + 1e-9).all())
    _holds(fine, strategy, f"draws items more or less often than it says: {found.round(2).tolist()}, not 1")


def _holds(fine: object, strategy: Any, what: str) -> None:
    assert fine, f"{strategy!r} {what}."
