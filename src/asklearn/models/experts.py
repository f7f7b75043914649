"""The experts a name-prior head listens to: logistic models that trust the names to different degrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from asklearn.models.class_prior import intercept_precision
from asklearn.models.prototypes import Labels, refine
from asklearn.models.softmax import Penalty, fit_softmax

Source = Literal["none", "names", "pool", "both", "labels"]
"""Where the prior mean comes from: nowhere; the bare names; names moved to the pool; names moved to pool and
labels; labels and pool without names."""

LABEL_WEIGHT = 3.0
"""A labelled item moves its prototype as much as this many certain unlabelled ones."""
MANY = 400
"""With more labels than this fewer experts do as well."""
HEAVY = 100_000
"""With more labels times classes than this one expert a source must do: each costs seconds to minutes."""


@dataclass(frozen=True)
class Expert:
    """Configuration of one logistic model: ``logits = scale * cos(x, prototype) + x V + b``."""

    source: Source
    scale: float
    penalty: float

    def __str__(self) -> str:
        return f"{self.source}, scale {self.scale:.3g}, penalty {self.penalty:g}"


def first_expert(n_classes: int, *, named: bool, pooled: bool) -> Expert:
    """Choose what answers before the first label.

    The scale is the calibrated one: about 5 for two classes and 10 for 64 to 77 on the sets of
    benchmarks/labels/learners, where names mean something.
    """
    source: Source = ("pool" if pooled else "names") if named else "none"
    return Expert(source, 4.0 + 1.5 * float(np.log(n_classes)), 1.0)


def plan(n: int, n_classes: int, *, named: bool, pooled: bool) -> tuple[list[Expert], NDArray[np.float64]]:
    """List the experts worth fitting on n labels, and their weights before any label, which sum to one.

    Each source has the same weight, none a double one; a source shares its weight among its experts. More
    scales and penalties than these gained nothing.
    """
    grid = _grid(n, n_classes)
    served: list[Source] = ["none", "labels"]
    if named:
        served += ["names", "pool", "both"] if pooled else ["names"]
    experts = [Expert(source, *setting) for source in served for setting in grid.get(source, [])]
    weights = np.array([(2.0 if e.source == "none" else 1.0) / len(grid[e.source]) for e in experts])
    return experts, weights / weights.sum()


def _grid(n: int, n_classes: int) -> dict[Source, list[tuple[float, float]]]:
    """Scales and penalties to try for each source."""
    if n * n_classes > HEAVY:
        sure = [(6.0 + 3.0 * float(np.log(n_classes)), 0.03)]
        return {"none": [(0.0, 0.1)], "names": sure, "both": sure, "labels": sure}
    one = [(8.0, 0.03)]
    if n > MANY:
        return {
            "none": [(0.0, 0.03), (0.0, 0.3)],
            "names": one,
            "pool": one,
            "both": [(8.0, 0.03), (16.0, 0.03)],
            "labels": [(4.0, 0.03), (8.0, 0.03)],
        }
    soft, firm = [(4.0, 0.3), (8.0, 0.03), (16.0, 0.03)], [(32.0, 0.03)]
    named = soft + firm
    plain = [(0.0, 0.03), (0.0, 0.3), (0.0, 3.0)]
    return {"none": plain, "names": named, "pool": named, "both": named, "labels": soft}


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
        labels = Labels(self.vectors, self.y, LABEL_WEIGHT * self.weight)
        if "both" in sources:
            made["both"] = refine(self.names, self.pool, labels)
        if "labels" in sources:
            made["labels"] = refine(np.zeros_like(self.names), self.pool, labels)
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
