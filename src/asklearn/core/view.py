"""What a strategy sees: columns over candidate items, computed lazily, in blocks.

A block is a grid fixed by the pool (`BLOCK_ROWS` rows), never by the number of workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.records import Draw, Reason

BLOCK_ROWS = 8_192

Matrix = Any
"""A dense float array of shape (n, d), a CSR matrix, or a ragged list of dense arrays."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a scorer, filter or picker needs; subclasses are the vocabulary."""


@dataclass(frozen=True, slots=True)
class Proba(Column):
    """Class probabilities, shape (n, n_classes), float32, rows summing to one."""


@dataclass(frozen=True, slots=True)
class Decision(Column):
    """Decision values, shape (n, n_classes), float32."""


@dataclass(frozen=True, slots=True)
class Embedding(Column):
    """A vector for each item, shape (n, d): of the encoder, or of the model's last layer."""

    source: str = "encoder"


@dataclass(frozen=True, slots=True)
class Committee(Column):
    """Probabilities of each member, shape (members, n, n_classes)."""

    members: int = 5


@dataclass(frozen=True, slots=True)
class Tokens(Column):
    """Token probabilities of each item: a ragged list of (tokens, n_tags) arrays."""


@dataclass(frozen=True, slots=True)
class Cost(Column):
    """Expected cost of each item, shape (n,), in ``unit``."""

    unit: str = "seconds"


Provider = Callable[[NDArray[np.int64]], Matrix]


@dataclass(frozen=True)
class Labelled:
    """The labelled side: class positions, and the same columns for the labelled items.

    Attributes
    ----------
    y : ndarray of shape (n_labelled,), int64
        Class positions.
    providers : mapping of Column to callable
        Each takes positions among the labelled items.
    """

    y: NDArray[np.int64]
    providers: Mapping[Column, Provider] = field(default_factory=dict)

    def has(self, column: Column) -> bool:
        """Whether somebody provides the column for the labelled items."""
        return column in self.providers

    def column(self, column: Column) -> Matrix:
        """A whole column of the labelled items."""
        return _provide(self.providers, column)(np.arange(len(self.y), dtype=np.int64))

    def __len__(self) -> int:
        return len(self.y)


@dataclass(frozen=True)
class View:
    """Candidate items as columns.

    Attributes
    ----------
    keys : ndarray of shape (n,), uint64
        Hash of each item's id: the counter of keyed randomness.
    providers : mapping of Column to callable
        Each takes rows (int64 positions of the pool) and returns that part of the column.
    rows : ndarray of shape (n,), int64
        The row of each candidate, what providers are asked with.
    n_classes : int
    labelled : Labelled or None
    round : int
    refit : callable or None
        Trains on other labels; given by the loop, so that strategies never import models.
    pending : ndarray of shape (k,), int64
        Rows, as providers know them, that were chosen before and are not answered yet: not candidates,
        but strategies that look for variety keep away from them.
    run : callable or None
        ``run(function, parts)`` gives the results in the order of the parts (`Executor.map`); the blocks
        are the same whoever runs them. None runs them one by one.
    """

    keys: NDArray[np.uint64]
    providers: Mapping[Column, Provider]
    rows: NDArray[np.int64]
    n_classes: int = 0
    labelled: Labelled | None = None
    round: int = 0
    refit: Callable[..., Any] | None = None
    pending: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    run: Callable[[Callable[[Any], Any], Iterable[Any]], list[Any]] | None = None

    @classmethod
    def of_arrays(
        cls,
        columns: Mapping[Column, Matrix],
        *,
        keys: NDArray[np.uint64],
        n_classes: int = 0,
        labelled: Labelled | None = None,
        round: int = 0,
    ) -> View:
        """A view over arrays in memory; no project needed."""

        def provider(matrix: Matrix) -> Provider:
            return lambda rows: _take(matrix, rows)

        return cls(
            keys=keys,
            providers={column: provider(matrix) for column, matrix in columns.items()},
            rows=np.arange(len(keys), dtype=np.int64),
            n_classes=n_classes,
            labelled=labelled,
            round=round,
        )

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, column: Column) -> bool:
        """Whether somebody provides the column."""
        return column in self.providers

    def column(self, column: Column) -> Matrix:
        """The column for all candidates of this view.

        Raises
        ------
        InputError
            When nobody provides it.
        """
        return _provide(self.providers, column)(self.rows)

    def around(self, column: Column) -> list[Matrix]:
        """The column of the labelled items and of the pending ones, as far as there are any."""
        labelled = self.labelled
        parts = [labelled.column(column)] if labelled and len(labelled) and labelled.has(column) else []
        return parts + ([_provide(self.providers, column)(self.pending)] if len(self.pending) else [])

    def take(self, positions: NDArray[np.int64]) -> View:
        """The view of those candidates only, in that order."""
        return replace(self, keys=self.keys[positions], rows=self.rows[positions])

    def blocks(self, size: int = BLOCK_ROWS) -> Iterator[tuple[slice, View]]:
        """Consecutive parts of at most ``size`` candidates, with their place."""
        for start in range(0, len(self), size):
            part = slice(start, min(start + size, len(self)))
            yield part, replace(self, keys=self.keys[part], rows=self.rows[part])

    def map_blocks(self, function: Callable[[View], Any]) -> list[Any]:
        """The function of each block, in order."""
        parts = (block for _, block in self.blocks())
        return [function(part) for part in parts] if self.run is None else self.run(function, parts)


def _take(matrix: Matrix, rows: NDArray[np.int64]) -> Matrix:
    if isinstance(matrix, list):
        return [matrix[row] for row in rows]
    run = _as_slice(rows) if isinstance(matrix, np.ndarray) else rows
    part = matrix[:, run] if getattr(matrix, "ndim", 2) == 3 else matrix[run]
    if isinstance(part, np.ndarray):
        part.flags.writeable = False
    return part


def _as_slice(rows: NDArray[np.int64]) -> slice | NDArray[np.int64]:
    """A slice for consecutive rows: no copy of the caller's array, which blocks would otherwise cost."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1 and bool((np.diff(rows) == 1).all()):
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _provide(providers: Mapping[Column, Provider], column: Column) -> Provider:
    try:
        return providers[column]
    except KeyError:
        raise InputError(
            f"This strategy needs {column!r}, which nothing here provides; "
            f"there are: {', '.join(map(repr, providers)) or 'no columns'}."
        ) from None


@dataclass(frozen=True)
class Picks:
    """What a picker chose, in order.

    Attributes
    ----------
    positions : ndarray of shape (k,), int64
        Positions in the view.
    scores : ndarray of shape (k,), float64
        NaN where the method has no score of an item's own.
    reasons : tuple of Reason
    draws : tuple of Draw
    classes : tuple of str
        Names of the classes, for the sentences; may be empty.
    """

    positions: NDArray[np.int64]
    scores: NDArray[np.float64]
    reasons: tuple[Reason, ...]
    draws: tuple[Draw, ...]
    classes: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """Why each item is asked, for a person."""
        from asklearn.core.wording import say_reason

        return [say_reason(reason, self.classes) for reason in self.reasons]

    def __len__(self) -> int:
        return len(self.positions)
