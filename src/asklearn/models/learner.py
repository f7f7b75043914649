"""What the loop asks of a learner: encoders, a prior, a fit; and of the model that comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from asklearn.core.protocols import Encoder, Task
from asklearn.core.view import Matrix

POOL_SAMPLE = 2_000
"""Items of a random sample that shows a learner what the pool looks like."""


@dataclass(frozen=True)
class Inputs:
    """Some items as a learner reads them.

    Attributes
    ----------
    fields : pyarrow.Table
        The raw fields, one row for each item; an array pool has one column, ``vector``.
    encoded : mapping of str to matrix
        What each encoder made of them, by the encoder's name; dense (n, d) or CSR.
    """

    fields: Any
    encoded: Mapping[str, Matrix] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.fields.num_rows)

    def take(self, positions: NDArray[np.int64]) -> Inputs:
        """Those items only, in that order."""
        return Inputs(
            self.fields.take(positions), {name: matrix[positions] for name, matrix in self.encoded.items()}
        )


class FittedModel(Protocol):
    """A model that answers in the task's class order, with a column for every class."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Label ids, in the task's order."""
        ...

    @property
    def oof_proba(self) -> NDArray[np.float32] | None:
        """Calibrated out-of-fold probabilities of the training items, shape (n, n_classes).

        None when there are too few labels to hold any out.
        """
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Raw fields that it reads besides what encoders made; empty when features are all it needs."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person may want to know about the fit, a sentence each."""
        ...

    def predict_proba(self, inputs: Inputs) -> NDArray[np.float32]:
        """Calibrated probabilities, shape (n, n_classes); rows sum to one."""
        ...

    def save(self, path: str) -> None:
        """Write the head as one skops file."""
        ...

    def pipeline(self) -> Any:
        """One fitted scikit-learn Pipeline from raw fields (a DataFrame, or texts) to label names."""
        ...


class Learner(Protocol):
    """Encoders and an estimator, unfitted."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Raw fields that `fit` reads besides what encoders made; empty when features are all it needs."""
        ...

    def describe(self) -> str:
        """One line: what is trained."""
        ...

    def encoders(self, items: int) -> tuple[Encoder, ...]:
        """The encoders that serve a pool of that many items, unfitted."""
        ...

    def prior(
        self, task: Task, encoders: Mapping[str, Encoder], *, pool: Inputs | None = None
    ) -> FittedModel | None:
        """A model for zero labels (from the label names), or None when there is no such prior.

        ``pool`` is a random sample of all items, as in `fit`.
        """
        ...

    def fit(
        self,
        inputs: Inputs,
        y: NDArray[np.int64],
        task: Task,
        *,
        encoders: Mapping[str, Encoder],
        seed: int = 0,
        sample_weight: NDArray[np.float64] | None = None,
        pool: Inputs | None = None,
    ) -> FittedModel:
        """Fit on labelled items; ``y`` are class positions, some classes may be absent, one may be alone.

        ``pool`` is a random sample of all items, labelled or not (`POOL_SAMPLE` are enough), by which a
        learner may see what unlabelled items look like.
        """
        ...

    def load(self, path: str, task: Task, encoders: Mapping[str, Encoder]) -> FittedModel:
        """The way back from `FittedModel.save`."""
        ...
