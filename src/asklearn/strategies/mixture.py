"""Several strategies sharing a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.protocols import Memory
from asklearn.core.randomness import derive_key
from asklearn.core.records import Draw
from asklearn.core.view import Column, Picks, View
from asklearn.strategies.parts import Choosing
from asklearn.strategies.pipeline import none_picked


@dataclass(frozen=True, repr=False)
class Mix(Choosing):
    """Strategies that share each batch by quota; made by `mix`.

    Each picks among what the earlier ones left. The picks are interleaved, so that every beginning of the
    batch keeps the shares; a strategy that finds too little leaves its room to those after it.
    Probabilities of draws are dropped: each depends on what the others took.
    """

    name: ClassVar[str] = "mix"
    parts: tuple[Choosing, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.parts or len(self.parts) != len(self.weights):
            raise InputError(
                f"mix takes one weight for each strategy; got {len(self.parts)} strategies and "
                f"{len(self.weights)} weights."
            )
        for part in self.parts:
            if not isinstance(part, Choosing):
                raise InputError(f"mix takes strategies, such as Margin(); got {part!r}.")
        if min(self.weights) < 0 or not 0 < sum(self.weights) < float("inf"):
            raise InputError(f"The weights of mix are not negative and not all 0; got {self.weights}.")

    @property
    def needs(self) -> frozenset[Column]:
        """Columns that any of them reads."""
        return frozenset().union(*(part.needs for part in self.parts))

    @property
    def wants(self) -> frozenset[Column]:
        """Columns that any of them reads when they are there."""
        return frozenset().union(*(part.wants for part in self.parts))

    @classmethod
    def build(cls, configuration: Mapping[str, Any]) -> Self:
        """A mix from its JSON."""
        from asklearn.strategies.catalogue import strategy

        parts = tuple(strategy(part) for part in configuration["parts"])
        return cls(parts, tuple(map(float, configuration["weights"])))

    def select(self, view: View, n: int, *, key: int, memory: Memory) -> tuple[Picks, Memory]:
        """The shares of the batch, interleaved; the memory keeps that of each part by its place."""
        n = max(0, min(n, len(view)))
        turns = interleaved(self.weights, n)
        left = np.arange(len(view), dtype=np.int64)
        found: list[tuple[NDArray[np.int64], Picks]] = []
        after = {}
        missing = 0
        for place, part in enumerate(self.parts):
            quota = int((turns == place).sum()) + missing
            picks, memories = part.select(
                view.take(left), quota, key=derive_key(key, place), memory=memory.get(str(place), {})
            )
            after[str(place)] = dict(memories)
            missing = quota - len(picks)
            found.append((left[picks.positions], picks))
            left = np.delete(left, picks.positions)
        return _together(found, turns), after

    def __repr__(self) -> str:
        return f"mix({', '.join(map(repr, self.parts))}, weights={self.weights!r})"


def mix(*parts: Choosing, weights: Sequence[float] | None = None) -> Mix:
    """Share each batch among strategies by quota.

    Parameters
    ----------
    *parts : strategies
    weights : sequence of float, optional
        The share of each; equal by default.

    Raises
    ------
    InputError
        On weights that are negative, all zero, or not one for each strategy.

    Examples
    --------
    >>> from asklearn.strategies import Margin, Random
    >>> mix(Margin(), Random(), weights=[3, 1])
    mix(Margin(), Random(), weights=(3.0, 1.0))
    """
    shares = [1.0] * len(parts) if weights is None else [float(weight) for weight in weights]
    return Mix(tuple(parts), tuple(shares))


def interleaved(weights: Sequence[float], n: int) -> NDArray[np.int64]:
    """Whose turn each of n places is, shape (n,): always whoever is furthest behind its share."""
    shares = np.asarray(weights, dtype=np.float64) / sum(weights)
    given = np.zeros(len(shares))
    turns = np.empty(n, dtype=np.int64)
    for place in range(n):
        turns[place] = int(np.argmax(shares * (place + 1) - given))
        given[turns[place]] += 1
    return turns


def _together(found: list[tuple[NDArray[np.int64], Picks]], turns: NDArray[np.int64]) -> Picks:
    queues = [list(range(len(picks))) for _, picks in found]
    order = [(int(turn), queues[turn].pop(0)) for turn in turns if queues[turn]]
    order += [(part, place) for part, queue in enumerate(queues) for place in queue]
    if not order:
        return none_picked()
    return Picks(
        np.array([found[part][0][place] for part, place in order], dtype=np.int64),
        np.array([found[part][1].scores[place] for part, place in order], dtype=np.float64),
        tuple(found[part][1].reasons[place] for part, place in order),
        (Draw(),) * len(order),
    )
