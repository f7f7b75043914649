"""Made-up pools for the checks of contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.ids import hash_ids
from asklearn.core.view import Column, Decision, Embedding, Labelled, Matrix, Proba, Provider, View

Make = Callable[[int, np.random.Generator], Matrix]
_DIMENSIONS = 6


@dataclass(frozen=True)
class MadeUp:
    """A pool of arrays, with every other column a trap.

    Attributes
    ----------
    columns, labelled : mapping of Column to array
        Of the candidates, and of the labelled items.
    keys : ndarray of shape (n,), uint64
    y : ndarray of shape (m,), int64
    """

    columns: Mapping[Column, NDArray[Any]]
    labelled: Mapping[Column, NDArray[Any]]
    keys: NDArray[np.uint64]
    y: NDArray[np.int64]
    n_classes: int
    run: Callable[[Callable[[Any], Any], Iterable[Any]], list[Any]] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    def view(self) -> View:
        """What a strategy sees."""
        view = View.of_arrays(
            self.columns,
            keys=self.keys,
            n_classes=self.n_classes,
            labelled=Labelled(self.y, {column: _of(array) for column, array in self.labelled.items()}),
        )
        return replace(view, run=self.run)

    def take(self, order: NDArray[np.int64]) -> MadeUp:
        """The same pool with its rows in another order."""
        columns = {column: array[order] for column, array in self.columns.items()}
        return replace(self, columns=columns, keys=self.keys[order])

    def alike(self) -> MadeUp:
        """The pool with every row like the first."""
        columns = {column: np.repeat(array[:1], len(self), axis=0) for column, array in self.columns.items()}
        return replace(self, columns=columns)

    def as_type(self, dtype: Any) -> MadeUp:
        """The pool in another precision."""
        return replace(self, columns={column: array.astype(dtype) for column, array in self.columns.items()})

    def with_nan(self) -> MadeUp:
        """The pool with NaN in every tenth row."""
        columns = {column: array.copy() for column, array in self.columns.items()}
        for array in columns.values():
            array[::10] = np.nan
        return replace(self, columns=columns)

    def copy(self) -> MadeUp:
        """A copy that shares no memory."""
        return replace(
            self,
            columns={column: array.copy() for column, array in self.columns.items()},
            labelled={column: array.copy() for column, array in self.labelled.items()},
            keys=self.keys.copy(),
            y=self.y.copy(),
        )

    def equals(self, other: MadeUp) -> bool:
        """Whether all arrays are equal."""
        mine, theirs = (
            [*pool.columns.values(), *pool.labelled.values(), pool.keys, pool.y] for pool in (self, other)
        )
        return all(np.array_equal(one, two) for one, two in zip(mine, theirs, strict=True))


def made_up(
    n: int,
    columns: Iterable[Column],
    *,
    labels: int,
    n_classes: int = 3,
    more: Mapping[Column, Make] | None = None,
) -> MadeUp:
    """A pool of n candidates with those columns, and some labelled items; always the same one."""
    rng = np.random.default_rng(n + 1_000 * labels)
    known = {**_makes(n_classes), **(more or {})}
    missing = [column for column in columns if column not in known]
    assert not missing, (
        f"check_strategy cannot make up {missing[0]!r}: pass columns={{{missing[0]!r}: make}}."
    )
    return MadeUp(
        columns={column: known[column](n, rng) for column in columns},
        labelled={column: known[column](labels, rng) for column in columns},
        keys=hash_ids(f"item {place}" for place in range(n)),
        y=(np.arange(labels) % n_classes).astype(np.int64),
        n_classes=n_classes,
    )


def _makes(n_classes: int) -> dict[Column, Make]:
    def proba(n: int, rng: np.random.Generator) -> Matrix:
        return rng.dirichlet(np.full(n_classes, 0.7), n).astype(np.float32)

    def decision(n: int, rng: np.random.Generator) -> Matrix:
        return rng.normal(size=(n, n_classes)).astype(np.float32)

    def embedding(n: int, rng: np.random.Generator) -> Matrix:
        centres = rng.normal(size=(5, _DIMENSIONS))
        return (centres[np.arange(n) % 5] + 0.3 * rng.normal(size=(n, _DIMENSIONS))).astype(np.float32)

    return {
        Proba(): proba,
        Decision(): decision,
        Embedding(): embedding,
        Embedding("model"): embedding,
    }


def _of(array: NDArray[Any]) -> Provider:
    return lambda rows: array[rows]
