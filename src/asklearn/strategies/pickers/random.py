"""Each candidate as likely as any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from asklearn.core.records import Draw, Reason
from asklearn.core.view import Picks, View
from asklearn.strategies.kernels.top import first_by_key
from asklearn.strategies.parts import Picker, Scores


@dataclass(frozen=True, repr=False)
class Random(Picker):
    """Pick at random, without replacement: the honest baseline, and the base of unweighted estimates.

    Every draw carries its probability given the earlier ones (q) and the marginal one (pi = n / N).

    References
    ----------
    Cochran, 1977, "Sampling techniques", chapter 2.

    Examples
    --------
    >>> picks = Random().pick_from(ids=["a", "b", "c", "d"], n=2, seed=1)
    >>> len(picks), [draw.pi for draw in picks.draws]
    (2, [0.5, 0.5])
    """

    name: ClassVar[str] = "random"
    regime: ClassVar[str] = "no model, evaluation, and the baseline of every comparison"
    cost: ClassVar[str] = "O(N)"
    reference: ClassVar[str] = "Cochran 1977"
    by_score: ClassVar[bool] = False

    def pick(self, view: View, scores: Scores, n: int, key: int) -> Picks:
        """N candidates in the order of a keyed hash of their ids."""
        total, everyone = len(view), np.arange(len(view), dtype=np.int64)
        positions = first_by_key(everyone, view.keys, n, key)
        draws = tuple(Draw(q=1 / (total - earlier), pi=n / total) for earlier in range(n))
        return Picks(positions, np.full(n, np.nan), (Reason(kind="random"),) * n, draws)
