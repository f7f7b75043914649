"""Agreement of two raters, or of two successive models."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def cohen_kappa(a: NDArray[np.int64], b: NDArray[np.int64], n_classes: int) -> float:
    """Cohen's κ (1960) of two sets of class positions, shape (n,) each.

    Two raters who always name the same single class agree fully: κ is 1 there, where the formula has
    no value.
    """
    if len(a) == 0:
        return float("nan")
    table = np.zeros((n_classes, n_classes))
    np.add.at(table, (a, b), 1.0)
    table /= len(a)
    observed = float(np.trace(table))
    expected = float(table.sum(1) @ table.sum(0))
    return 1.0 if expected >= 1.0 else (observed - expected) / (1.0 - expected)
