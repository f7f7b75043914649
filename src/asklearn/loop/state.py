"""What one turn of the loop starts from and ends with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.protocols import Rule, Strategy, Task
from asklearn.core.records import Round, Verdict
from asklearn.models.learner import FittedModel, Learner


@dataclass(frozen=True)
class Config:
    """What does not change from turn to turn.

    Attributes
    ----------
    slice_share : float
        Share of the questions drawn at random, 0 to 1.
    """

    task: Task
    learner: Learner
    strategy: Strategy
    rule: Rule
    seed: int = 0
    slice_share: float = 0.1


def _no_rows() -> NDArray[np.int64]:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Known:
    """The labelled side, aligned arrays in order of arrival.

    Attributes
    ----------
    rows : ndarray of shape (n,), int64
        Rows of the pool.
    values : tuple
        Stored task values (label ids).
    weights : ndarray of shape (n,), float64
        Confidence of each label.
    blind : ndarray of shape (n,), bool
        Whether the answer was given without seeing a suggestion.
    """

    rows: NDArray[np.int64] = field(default_factory=_no_rows)
    values: tuple[Any, ...] = ()
    weights: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    blind: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=bool))

    def __len__(self) -> int:
        return len(self.values)

    def in_order_of(self, keys: NDArray[np.uint64]) -> Known:
        """By item key, so that what is learned does not hang on who answered first.

        Parameters
        ----------
        keys : ndarray of uint64
            Hash of each row's id, for the whole pool.
        """
        order = np.argsort(keys[self.rows], kind="stable")
        values = tuple(self.values[place] for place in order)
        return Known(self.rows[order], values, self.weights[order], self.blind[order])

    def and_(self, rows: NDArray[np.int64], values: Sequence[Any], *, blind: NDArray[np.bool_]) -> Known:
        """With further labels, of full confidence."""
        return Known(
            np.concatenate([self.rows, rows]),
            (*self.values, *values),
            np.concatenate([self.weights, np.ones(len(values))]),
            np.concatenate([self.blind, blind]),
        )


@dataclass(frozen=True)
class State:
    """Where the loop stands.

    Attributes
    ----------
    known : Known
        Labels to train on.
    closed : ndarray of int64
        Rows not to ask now: answered, skipped, or asked and open.
    skipped : ndarray of int64
        The rows of those that annotators skipped.
    asked : int
        Questions asked so far.
    waiting : ndarray of int64
        Rows of random questions that are in the queue already, in order.
    rounds : tuple of Round
    model : FittedModel or None
        The newest trained model.
    brought : FittedModel or None
        A weak model that the team brought along; serves until the first trained one.
    stop_rows, stop_guess : ndarray of int64
        The stop set, and the newest model's answers on it.
    memory : mapping
        Memory of policies.
    """

    config: Config
    known: Known = field(default_factory=Known)
    closed: NDArray[np.int64] = field(default_factory=_no_rows)
    skipped: NDArray[np.int64] = field(default_factory=_no_rows)
    asked: int = 0
    waiting: NDArray[np.int64] = field(default_factory=_no_rows)
    rounds: tuple[Round, ...] = ()
    model: FittedModel | None = None
    brought: FittedModel | None = None
    stop_rows: NDArray[np.int64] = field(default_factory=_no_rows)
    stop_guess: NDArray[np.int64] = field(default_factory=_no_rows)
    memory: Mapping[str, Any] = field(default_factory=dict)

    @property
    def round(self) -> int:
        """Number of the newest model; 0 before the first."""
        return self.rounds[-1].number if self.rounds else 0

    def verdict(self) -> Verdict:
        """What the rules say now."""
        return self.config.rule.judge(self.rounds, len(self.known))

    def having(self, **changes: Any) -> State:
        """This state with some of its fields changed."""
        return replace(self, **changes)
