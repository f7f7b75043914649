"""The experts a name-prior head listens to: logistic models that trust the names to different degrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from asklearn.models.class_prior import intercept_precision
from asklearn.models.prototypes import Labels, refine
from asklearn.models.softmax import Penalty, fit_softmax

Source = Literal["none", "names", "pool", "labels"]
"""Where the prior mean comes from: nowhere, the bare names, names moved to the pool, also to the labels."""

LABEL_WEIGHT = 3.0
"""A labelled item moves its prototype as much as this many certain unlabelled ones."""


@dataclass(frozen=True)
class Expert:
    """Configuration of one logistic model: ``logits = scale * cos(x, prototype) + x V + b``."""

    source: Source
    scale: float
    penalty: float


def plan(n: int, *, named: bool, pooled: bool) -> list[tuple[Expert, float]]:
    """List the experts worth fitting on n labels, and their weights before any label, which sum to one."""
    plain = [Expert("none", 0.0, p) for p in ((0.03, 0.3, 3.0) if n <= 400 else (0.03, 0.3))]
    sources: list[Source] = (["names", "pool", "labels"] if pooled else ["names"]) if named else []
    scales, penalties = ((8.0, 16.0, 32.0), (0.03, 0.3)) if n <= 400 else ((8.0, 16.0), (0.03,))
    experts = plain + [Expert(source, s, p) for source in sources for s in scales for p in penalties]
    return [(expert, 1.0 / len(experts)) for expert in experts]


@dataclass(frozen=True)
class Training:
    """What an expert is fitted on.

    Attributes
    ----------
    Z : ndarray of shape (n, r)
        Coordinates in the span of the labelled rows.
    vectors : ndarray of shape (n, d)
        Centred unit sentence vectors; d is 0 without them.
    y, weight : ndarray of shape (n,)
    names : ndarray of shape (C, d)
        Centred unit name vectors; zeros without names.
    pool : ndarray of shape (m, d)
        Centred unit vectors of unlabelled items.
    """

    Z: NDArray[np.float32]
    vectors: NDArray[np.float32]
    y: NDArray[np.int64]
    weight: NDArray[np.float32]
    names: NDArray[np.float32]
    pool: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.y)

    def take(self, rows: NDArray[np.int64]) -> Training:
        """Only those labelled rows."""
        return Training(
            self.Z[rows], self.vectors[rows], self.y[rows], self.weight[rows], self.names, self.pool
        )

    def intercept_precision(self) -> float:
        """Prior precision of the intercepts."""
        counts = np.bincount(self.y, self.weight, minlength=len(self.names))
        return intercept_precision(counts.astype(np.float64))

    def prototypes(self, sources: set[Source]) -> dict[Source, NDArray[np.float32]]:
        """Prior means for each source asked for; shape (C, d) each."""
        made: dict[Source, NDArray[np.float32]] = {}
        if "names" in sources:
            made["names"] = self.names
        if "pool" in sources:
            made["pool"] = refine(self.names, self.pool)
        if "labels" in sources:
            labels = Labels(self.vectors, self.y, LABEL_WEIGHT * self.weight)
            made["labels"] = refine(self.names, self.pool, labels)
        return made


@dataclass(frozen=True)
class Fitted:
    """One fitted expert: prior mean (C, d) times its scale, coefficients (r, C), intercepts (C,)."""

    prior: NDArray[np.float32]
    coef: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def logits(self, Z: NDArray[np.float32], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits of rows given by coordinates and vectors; shape (n, C)."""
        return np.asarray(vectors @ self.prior.T + Z @ self.coef + self.intercept, dtype=np.float32)


def fit_experts(training: Training, experts: list[Expert]) -> list[Fitted]:
    """Fit each expert on the rows."""
    prototypes = training.prototypes({expert.source for expert in experts})
    nothing = np.zeros_like(training.names)
    intercept = training.intercept_precision()
    fitted = []
    for expert in experts:
        prior = np.asarray(expert.scale * prototypes.get(expert.source, nothing), dtype=np.float32)
        offset = training.vectors @ prior.T
        penalty = Penalty(expert.penalty, intercept)
        fitted.append(Fitted(prior, *fit_softmax(training.Z, offset, training.y, training.weight, penalty)))
    return fitted
