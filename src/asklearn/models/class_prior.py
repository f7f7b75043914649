"""How uneven classes are, learnt from how uneven the labels are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def intercept_precision(counts: NDArray[np.float64]) -> float:
    """Precision of a Gaussian prior on the intercepts of classes, by empirical Bayes from label counts.

    The counts are taken as Dirichlet-multinomial (Minka, 2000, "Estimating a Dirichlet distribution"); its
    concentration is the mode over a grid under a log-normal prior around 3. The logarithm of a gamma
    variable with that shape has variance trigamma(shape), which is the spread of the log-priors.

    Parameters
    ----------
    counts : ndarray of shape (C,)
        Labels seen of each class, or sums of their weights.
    """
    from scipy.special import gammaln, polygamma

    shapes = np.exp(np.linspace(np.log(0.3), np.log(30.0), 25))[:, None]
    n_classes, n = len(counts), counts.sum()
    evidence = gammaln(shapes * n_classes) - gammaln(shapes * n_classes + n)
    evidence = evidence[:, 0] + (gammaln(shapes + counts) - gammaln(shapes)).sum(axis=1)
    best = shapes[np.argmax(evidence - 0.5 * np.log(shapes[:, 0] / 3.0) ** 2), 0]
    return float(1.0 / polygamma(1, best))
